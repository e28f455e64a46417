//! The full screen in Spanish.

use super::super::{Dialogs, Screen, Summary};

pub const SCREEN: Screen = Screen {
    dialogs: DIALOGS,
    summary: SUMMARY,

    too_small: |[width, height, least_width, least_height]| {
        format!(
            "Esta ventana mide {width} por {height}. Agrándela a {least_width} por {least_height} o más, o use \
             una letra más pequeña. Sus respuestas no se pierden."
        )
    },
    position: |number, all| format!("{number} de {all}"),
    positions: |first, last, all| format!("{first} a {last} de {all}"),
    editing: |number| format!("Cambia la {number}"),
    your_answers: "Sus respuestas",
    more_lines: |above, below| match (above, below) {
        (1, 0) => "↑ 1 línea más arriba".to_owned(),
        (above, 0) => format!("↑ {above} líneas más arriba"),
        (0, 1) => "1 línea más abajo ↓".to_owned(),
        (0, below) => format!("{below} líneas más abajo ↓"),
        (above, below) => both_ways(above, below),
    },
    more_entries: |above, below| match (above, below) {
        (above, 0) => format!("↑ {above} más arriba"),
        (0, below) => format!("{below} más abajo ↓"),
        (above, below) => both_ways(above, below),
    },

    all_questions: |all| format!("{all} preguntas."),
    some_questions: |fewest, most| format!("De {fewest} a {most} preguntas cortas, según sus respuestas."),
    offered: |label, key| format!("{label}: pulse {key} para hacer otro cuestionario."),
    how_to_answer: "Elija con la tecla que va delante de cada respuesta, siga con Enter, vuelva con Esc.",
    keys_here: "Teclas que funcionan aquí",
    keys_all: "Todas las teclas del programa:",

    large: "Más espacio. F6: como antes",
    not_large: "El espacio habitual. F6: más espacio",

    tick_all: "Marque todo lo que corresponda y pulse Enter.",
    one_in_each_row: "Elija una respuesta en cada fila y pulse Enter.",
    leave_out: "Para no contestar, pulse Enter.",
    nothing_typed: "aún sin escribir",
    or_not_sure: "O pulse Tab para: no lo sé.",
    from_to: |min, max| format!("De {min} a {max}"),
    for_example: |number| format!(", por ejemplo {number}"),
    nothing_chosen_yet: |min, max| format!("Nada elegido aún, de {min} a {max}"),
    chosen: |value| format!("Elegido: {value}"),
    chosen_of: |value, min, max| format!("Elegido: {value}, de {min} a {max}"),
    right: "D",
    left: "I",
    front: "Por delante",
    back: "Por detrás",

    nothing_chosen: "Aún no ha elegido nada. Pulse la tecla que va delante de una respuesta, o ↑ ↓, y luego Enter.",
    nothing_in_row: "A esta fila le falta la respuesta. Pulse la tecla de una respuesta.",
    nothing_ticked: "Aún no ha marcado nada. Pulse la tecla que va delante de una respuesta, o Espacio, y luego Enter.",
    nothing_on_scale: |min, max| {
        format!("Aún no ha elegido nada. Pulse un número de {min} a {max}, o ← →, y luego Enter.")
    },
    scale_goes: |min, max| format!("La escala va de {min} a {max}."),
    no_such_key: |key| {
        format!("Aquí ninguna respuesta tiene la tecla {key}. Cada una lleva la suya delante.")
    },
    digits_only: "Solo cifras. Eso no se tomó en cuenta.",
    keys_lost: "Demasiado rápido: no se tomaron en cuenta todas las teclas. Espere un momento y siga aquí.",
    keys_taken_again: "Algunas teclas no se tomaron en cuenta. Siga aquí.",
    digits_apart: |value, joined| {
        format!("Ahora es {value}. Para {joined}, escriba las dos cifras sin pausa.")
    },
    ticks_wiped: |ticks| match ticks {
        1 => "Esto quitó 1 marca. Retroceso la devuelve.".to_owned(),
        _ => format!("Esto quitó {ticks} marcas. Retroceso las devuelve."),
    },
    ticks_back: "Las marcas están como antes.",
    nothing_to_undo: "Aquí no hay ningún cambio que deshacer.",
    first_question: "Esta es la primera pregunta. Para salir, pulse Ctrl-C.",

    open_one: "Enter abre una respuesta para cambiarla.",
    open_one_or_back: "Enter abre una para cambiarla. Esc vuelve a donde estaba.",
};

const DIALOGS: Dialogs = Dialogs {
    set_aside: "Cambiar mi respuesta y apartar estas",
    keep_earlier: "Dejar mi respuesta anterior",

    until_now: |level| format!("Hasta ahora: {level}"),
    with_change: |level| format!("Con el cambio: {level}"),
    before: "Antes",
    now: "Ahora",
    new_is_right: "La nueva respuesta es correcta. Anotar el cambio en el resumen",

    hold_on: "No cierre esta página. Cuando lo haya hecho:",
    understood: "Entendido, quiero ver todo",
    understood_short: "Entendido",
    go_on: "Seguir con las preguntas, para tener el resumen completo",
    go_on_short: "Seguir con las preguntas",
    you_answered: |answer| format!("Usted respondió: {answer}"),
    mistake: "Fue un error: cambiar mi respuesta",
    mistake_short: "Cambiar mi respuesta",
    enter_at_alert: "Enter no hace nada aquí. Pulse a cuando haya llamado, c para las demás preguntas, o Esc si su \
                     respuesta fue un error.",

    leave_title: "¿Salir?",
    stay: "Seguir aquí",
    show_result: "Ver el resultado hasta ahora",
    to_summary: "Volver a la primera página del resumen",
    leave: "Salir. Las respuestas no se guardan",

    finish_title: "¿Terminar?",
    save_it: "Guardar el resumen en un archivo",
    print_it: "Imprimir aquí el informe completo y terminar",
    finish_it: "Terminar. Las respuestas no se guardan",

    save_title: "Guardar el resumen",
    file_name: "Nombre del archivo, en esta carpeta o con su ruta:",
    keep_private: "Tiene datos de salud. Guárdelo en privado, como todo papel médico.",
    format: "Formato",
    as_text: "texto simple",
    as_markdown: "Markdown",
    as_html: "página web (HTML)",
    as_json: "para programas (JSON)",
    reader: "Para",
    for_patient: "paciente",
    for_clinician: "profesional, con traspaso",
    needs_name: "Escriba un nombre para el archivo, por ejemplo resumen.txt",
    file_exists: "Este archivo ya existe. Enter otra vez para reemplazarlo, o escriba otro nombre.",
    not_saved: |why| {
        format!("No se guardó: {why}. No se pierde nada: escriba otro nombre u otro lugar, o Esc.")
    },
};

const SUMMARY: Summary = Summary {
    result: "Resultado",
    result_short: "Nivel",
    say: "Qué decir",
    say_short: "Decir",
    answers: "Respuestas",
    answers_short: "Datos",
    clinician: "Profesional",
    clinician_short: "Médico",
    learn: "Leer más",
    learn_short: "Leer",

    not_finished: "Pulse c para seguir con las preguntas.",
    rests_on: "En qué se basa esto",

    no_reasons: "Ninguna respuesta lo hizo más urgente.",

    read_out: "Lea esto en voz alta cuando llame",
    sentence_of: |at, all| format!("{at} de {all} · Espacio siguiente · ← atrás"),

    pages: "Páginas para leer. Enter abre una.",

    copied: |what| {
        format!(
            "Se pidió a la terminal que copie {what}. Muchas no lo hacen: si no hay nada que pegar, guárdelo \
             con s."
        )
    },
    the_result: "el resultado",
    what_to_say: "lo que debe decir",
    the_handover: "el traspaso",
    too_long_to_copy: "Es demasiado largo para copiarlo. Guárdelo con s.",
};

fn both_ways(above: usize, below: usize) -> String {
    format!("↑ {above} arriba · {below} abajo ↓")
}
