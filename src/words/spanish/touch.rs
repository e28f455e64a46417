//! For fingers, in Spanish.

use super::super::Touch;

pub const TOUCH: Touch = Touch {
    back: "Atrás",
    why: "¿Por qué?",
    unsure: "No lo sé",
    large: "A +",
    not_large: "A -",
    staff: "Pedir ayuda",
    next: "Seguir",
    more: "Ver más",
    start: "Empezar",
    keep: "Guardar",
    close: "Cerrar",
    finish: "Terminar",
    save: "Guardar",
    stop: "Salir",

    how_to_answer: "Toque su respuesta y luego Seguir. Siempre puede volver atrás.",
    offered: |label| format!("{label}: toque aquí para hacer otro cuestionario."),
    tick_all: "Toque todo lo que corresponda y luego Seguir.",
    leave_out: "Para no contestar, toque Seguir.",
    open_one: "Toque una respuesta para cambiarla.",
    pages: "Toque una página para leerla.",
    nothing_chosen: "Aún no ha elegido nada. Toque una respuesta y luego Seguir.",
    or_unsure: " Si no lo sabe, toque No lo sé.",
    first_question: "Esta es la primera pregunta.",
    at_alert: "Toque una de las respuestas de la pantalla.",
    not_finished: "Toque aquí para seguir con las preguntas",
    page_of: |page, at, all| format!("{page} · página {at} de {all}"),
    sentence_of: |at, all| format!("{at} de {all}"),
    lost: "Demasiado rápido: ese toque no contó. Espere un momento y siga aquí.",
    taken_again: "Un toque no contó. Siga aquí.",
    called: "Se ha llamado al personal.",
    not_called: "No se pudo llamar al personal desde aquí. Pregunte en recepción.",
    needs_keyboard: "Aquí hay que escribir, y para eso hace falta un teclado.",
    too_small: |[width, height, least_width, least_height]| {
        format!(
            "Ventana pequeña para los dedos: {width} por {height}, y hacen falta {least_width} por \
             {least_height}. Use las teclas o el ratón."
        )
    },
};
