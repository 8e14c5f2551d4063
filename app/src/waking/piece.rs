//! The view of a piece: while it sleeps it knows where it stands, and lets what comes after it go on.

use std::{cell::RefCell, rc::Rc};

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

/// A view that is made when its turn comes; where nothing is taken over, as soon as it is needed.
pub struct Piece {
    make: Box<dyn FnOnce() -> AnyView + Send>,
    owner: Owner,
    /// Whether it takes its numbers when it wakes.
    first: bool,
}

impl Piece {
    /// What is taken over leaves out the numbers that its boundaries have on the server, where it says how many they are.
    pub fn new(boundaries: Option<usize>, make: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        if let Some(context) = Owner::current_shared_context().filter(|_| queue::takes_over()) {
            for _ in 0..boundaries.unwrap_or_default() {
                context.next_id();
            }
        }
        Self {
            make: Box::new(make),
            owner: Owner::current().unwrap_or_default(),
            first: boundaries.is_none(),
        }
    }

    fn made(self) -> AnyView {
        let Self { make, owner, .. } = self;
        owner.with(|| untrack(make))
    }
}

/// What stands in the page. Nothing but a piece's own turn happens to it while it sleeps: effects and whatever else could move it
/// come after the last turn.
enum Place {
    Asleep(types::Element),
    Awake(AnyViewState),
}

/// The place of a piece, which it shares with its turn.
pub struct State(Rc<RefCell<Place>>);

impl Render for Piece {
    type State = State;

    fn build(self) -> State {
        State(Rc::new(RefCell::new(Place::Awake(self.made().build()))))
    }

    fn rebuild(self, state: &mut State) {
        let made = self.made();
        if let Place::Awake(state) = &mut *state.0.borrow_mut() {
            return made.rebuild(state);
        }
        let mut new = State(Rc::new(RefCell::new(Place::Awake(made.build()))));
        state.insert_before_this(&mut new);
        std::mem::replace(state, new).unmount();
    }
}

impl AddAnyAttr for Piece {
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

impl RenderHtml for Piece {
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
        let Ok(element) = cursor.current().dyn_into::<types::Element>() else {
            unreachable!("a piece of a page is one element");
        };
        let place = Rc::new(RefCell::new(Place::Asleep(element.clone())));
        let shared = place.clone();
        queue::push(self.first, move || {
            let (cursor, position) = (Cursor::new(element), PositionState::new(Position::Current));
            let owner = self.owner.clone();
            let made = self.made();
            let state = owner.with(|| made.hydrate::<FROM_SERVER>(&cursor, &position));
            *shared.borrow_mut() = Place::Awake(state);
        });
        State(place)
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl Mountable for State {
    fn unmount(&mut self) {
        match &mut *self.0.borrow_mut() {
            Place::Asleep(element) => element.remove(),
            Place::Awake(state) => state.unmount(),
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
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match &*self.0.borrow() {
            Place::Asleep(element) => {
                let parent = element.parent_element();
                if let Some(parent) = &parent {
                    child.mount(parent, Some(element.as_ref()));
                }
                parent.is_some()
            }
            Place::Awake(state) => state.insert_before_this(child),
        }
    }

    fn elements(&self) -> Vec<types::Element> {
        match &*self.0.borrow() {
            Place::Asleep(element) => vec![element.clone()],
            Place::Awake(state) => state.elements(),
        }
    }
}
