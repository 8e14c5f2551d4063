//! What is made anew when what it reads changes.

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::tachys::{
    html::attribute::{Attribute, any_attribute::AnyAttribute},
    hydration::Cursor,
    ssr::StreamBuilder,
    view::{Position, PositionState, add_attr::AddAnyAttr, any_view::AnyViewState},
};

/// A part of a page that comes anew with what it reads, and makes resources or costs much. The server makes it once, where a
/// page that wakes up makes it: what waits is walked through several times there, a closure would make it again each time, and
/// the page that wakes up would be given other answers than those it was made of.
#[cfg(feature = "ssr")]
pub fn changing<V: IntoView + 'static>(make: impl FnOnce() -> V + Send + 'static) -> impl IntoView {
    // Who walks through it may be gone before the page is there.
    let owner = Owner::current();
    let make = move || untrack(make).into_any();
    Once::NotYet(Box::new(move || match owner {
        Some(owner) => owner.with(make),
        None => make(),
    }))
}

/// A part of a page that comes anew with what it reads.
#[cfg(not(feature = "ssr"))]
pub fn changing<V: IntoView + 'static>(make: impl Fn() -> V + Send + 'static) -> impl IntoView {
    make
}

/// What is made when it is first walked through, and not again. Not as soon as it is named: resources are told apart by the
/// order they are made in.
#[cfg(feature = "ssr")]
enum Once {
    NotYet(Box<dyn FnOnce() -> AnyView + Send>),
    Made(AnyView),
}

#[cfg(feature = "ssr")]
impl Once {
    fn made(self) -> AnyView {
        match self {
            Self::NotYet(make) => make(),
            Self::Made(made) => made,
        }
    }
}

#[cfg(feature = "ssr")]
impl Render for Once {
    type State = AnyViewState;

    fn build(self) -> Self::State {
        self.made().build()
    }

    fn rebuild(self, state: &mut Self::State) {
        self.made().rebuild(state);
    }
}

#[cfg(feature = "ssr")]
impl AddAnyAttr for Once {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, attr: NewAttr) -> Self {
        let attr = attr.into_cloneable_owned();
        Self::NotYet(Box::new(move || self.made().add_any_attr(attr).into_any()))
    }
}

#[cfg(feature = "ssr")]
impl RenderHtml for Once {
    type AsyncOutput = AnyView;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {
        let mut made = std::mem::replace(self, Self::Made(().into_any())).made();
        made.dry_resolve();
        *self = Self::Made(made);
    }

    async fn resolve(self) -> AnyView {
        self.made().resolve().await
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.made()
            .to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.made()
            .to_html_async_with_buf::<OUT_OF_ORDER>(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        self.made().hydrate::<FROM_SERVER>(cursor, position)
    }

    fn into_owned(self) -> Self {
        self
    }
}
