//! What waits for its turn while a page wakes.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
};

use any_spawner::{CustomExecutor, PinnedFuture, PinnedLocalFuture};
use leptos::prelude::document;

type Turn = Box<dyn FnOnce()>;

/// Pieces, and tasks that follow from what is awake: effects, above all. None of them starts before the last piece is awake,
/// which would otherwise find other values than the server made it of.
struct Queue {
    pieces: VecDeque<Turn>,
    /// What is said when the last of them is awake.
    awake: Option<Turn>,
    tasks: VecDeque<PinnedLocalFuture<()>>,
}

thread_local! {
    /// There while the page wakes.
    static QUEUE: RefCell<Option<Queue>> = const { RefCell::new(None) };
    static TAKES_OVER: Cell<bool> = const { Cell::new(false) };
}

/// Whether what the server has made is just being taken over.
pub fn takes_over() -> bool {
    TAKES_OVER.get()
}

/// Takes over what the server has made.
pub fn take_over<T>(act: impl FnOnce() -> T) -> T {
    let (before, title) = (TAKES_OVER.replace(true), document().title());
    let done = act();
    TAKES_OVER.set(before);
    // The first `Title` that is taken over clears the page's title, and what sets it again is a task.
    if document().title().is_empty() {
        document().set_title(&title);
    }
    done
}

/// From now on, everything waits for its turn. `awake` is called when the last piece is.
pub fn open(awake: impl FnOnce() + 'static) {
    QUEUE.set(Some(Queue {
        pieces: VecDeque::new(),
        awake: Some(Box::new(awake)),
        tasks: VecDeque::new(),
    }));
}

/// Puts a piece at the end, or before all others.
pub fn push(first: bool, piece: impl FnOnce() + 'static) {
    QUEUE.with_borrow_mut(|queue| {
        let Some(queue) = queue else {
            leptos::logging::error!("a piece would never wake: nothing is taken over");
            return;
        };
        let piece: Turn = Box::new(piece);
        if first {
            queue.pieces.push_front(piece);
        } else {
            queue.pieces.push_back(piece);
        }
    });
}

/// What comes next.
pub enum Next {
    Piece(Turn),
    Task(PinnedLocalFuture<()>),
    /// All is awake, and nothing waits any more.
    Nothing,
}

/// Takes what comes next.
pub fn next() -> Next {
    QUEUE.with_borrow_mut(|waits| {
        if let Some(queue) = waits {
            if let Some(piece) = queue.pieces.pop_front() {
                return Next::Piece(piece);
            }
            if let Some(awake) = queue.awake.take() {
                return Next::Piece(awake);
            }
            if let Some(task) = queue.tasks.pop_front() {
                return Next::Task(task);
            }
        }
        *waits = None;
        Next::Nothing
    })
}

/// Does everything that waits, at once.
pub fn finish() {
    loop {
        match next() {
            Next::Piece(piece) => take_over(piece),
            Next::Task(task) => wasm_bindgen_futures::spawn_local(task),
            Next::Nothing => break,
        }
    }
}

/// Runs tasks as browsers do, except while a page wakes.
pub struct Tasks;

impl CustomExecutor for Tasks {
    fn spawn(&self, task: PinnedFuture<()>) {
        self.spawn_local(task);
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        let free = QUEUE.with_borrow_mut(|queue| match queue {
            Some(queue) => {
                queue.tasks.push_back(task);
                None
            }
            None => Some(task),
        });
        if let Some(task) = free {
            wasm_bindgen_futures::spawn_local(task);
        }
    }

    fn poll_local(&self) {}
}
