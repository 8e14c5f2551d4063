//! The view of a piece that still sleeps: it knows where it stands, and lets what comes after it go on.

use std::{
    cell::RefCell,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use leptos::{
    prelude::*,
    tachys::{
        html::attribute::{Attribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        renderer::types,
        view::{Mountable, Position, PositionState, add_attr::AddAnyAttr, any_view::AnyViewState},
    },
};
use wasm_bindgen::JsCast;

use super::queue;

/// A view that is made when its turn comes.
pub struct Asleep {
    make: Box<dyn FnOnce() -> AnyView + Send>,
    owner: Owner,
    /// Whether it takes its numbers when it wakes.
    first: bool,
    /// Whether the part of the page that it is in has gone meanwhile.
    gone: Arc<AtomicBool>,
}

impl Asleep {
    /// Takes the numbers that its boundaries have on the server, where it says how many they are.
    pub fn new(boundaries: Option<usize>, make: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        if let Some(context) = Owner::current_shared_context() {
            for _ in 0..boundaries.unwrap_or_default() {
                context.next_id();
            }
        }
        let gone = Arc::new(AtomicBool::new(false));
        let went = gone.clone();
        on_cleanup(move || went.store(true, Ordering::Relaxed));
        Self {
            make: Box::new(make),
            owner: Owner::current().unwrap_or_default(),
            first: boundaries.is_none(),
            gone,
        }
    }

    fn made(self) -> AnyView {
        let Self { make, owner, .. } = self;
        owner.with(|| untrack(make))
    }
}

/// What stands in the page.
enum Place {
    Asleep(types::Element),
    Awake(AnyViewState),
    Gone,
}

/// The place of a piece, which it shares with its turn.
pub struct State(Rc<RefCell<Place>>);

impl Render for Asleep {
    type State = State;

    fn build(self) -> State {
        let made = self.made().build();
        State(Rc::new(RefCell::new(Place::Awake(made))))
    }

    fn rebuild(self, state: &mut State) {
        let new = self.build();
        let mut old = std::mem::replace(state, new);
        old.insert_before_this(state);
        old.unmount();
    }
}

impl AddAnyAttr for Asleep {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, attr: NewAttr) -> Self {
        let attr = attr.into_cloneable_owned();
        let make = self.make;
        Self {
            make: Box::new(move || make().add_any_attr(attr).into_any()),
            ..self
        }
    }
}

impl RenderHtml for Asleep {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
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

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> State {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        position.set(Position::NextChild);
        let element: types::Element = cursor.current().unchecked_into();
        let place = Rc::new(RefCell::new(Place::Asleep(element.clone())));
        let (shared, owner) = (place.clone(), self.owner.clone());
        queue::push(self.first, move || {
            let there = matches!(*shared.borrow(), Place::Asleep(_)) && !self.gone.load(Ordering::Relaxed);
            if there {
                let (cursor, position) = (Cursor::new(element), PositionState::new(Position::Current));
                let made = self.made();
                let state = owner.with(|| made.hydrate::<FROM_SERVER>(&cursor, &position));
                *shared.borrow_mut() = Place::Awake(state);
            }
        });
        State(place)
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl Mountable for State {
    fn unmount(&mut self) {
        let place = &mut *self.0.borrow_mut();
        match place {
            Place::Asleep(element) => {
                element.remove();
                *place = Place::Gone;
            }
            // What has been taken out may be put in again.
            Place::Awake(state) => state.unmount(),
            Place::Gone => {}
        }
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        match &mut *self.0.borrow_mut() {
            Place::Asleep(element) => {
                if let Err(error) = parent.insert_before(element, marker) {
                    leptos::logging::warn!("a piece could not be moved: {error:?}");
                }
            }
            Place::Awake(state) => state.mount(parent, marker),
            Place::Gone => {}
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match &*self.0.borrow() {
            Place::Asleep(element) => match element.parent_element() {
                Some(parent) => {
                    child.mount(&parent, Some(element.as_ref()));
                    true
                }
                None => false,
            },
            Place::Awake(state) => state.insert_before_this(child),
            Place::Gone => false,
        }
    }

    fn elements(&self) -> Vec<types::Element> {
        match &*self.0.borrow() {
            Place::Asleep(element) => vec![element.clone()],
            Place::Awake(state) => state.elements(),
            Place::Gone => vec![],
        }
    }
}
