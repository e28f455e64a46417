//! Line by line, in Spanish.

use super::super::{Commands, Plain};

pub const PLAIN: Plain = Plain {
    commands: COMMANDS,

    in_this_language: "En español: escriba \"español\" y pulse Enter.",
    now_in_this_language: "Ahora está en español. Sus respuestas se conservan.",
    all_questions: |all| format!("Son {all} preguntas."),
    some_questions: |fewest, most| {
        format!("Son de {fewest} a {most} preguntas cortas, según sus respuestas.")
    },
    offered: |label, word| format!("{label}: escriba \"{word}\" para hacer otro cuestionario."),
    besides_answers: "Además de responder, puede escribir:",
    words_as_answers: "Para responder con una de estas palabras, ponga un punto después.",

    question: |number, of, section| format!("Pregunta {number} de {of}. {section}"),
    range: |fewest, most| format!("{fewest} a {most}"),
    rows_follow: |rows| format!("Las próximas {rows} preguntas tienen las mismas respuestas."),
    same_answers: |keys| format!("Las mismas respuestas que antes: {keys}."),
    value_means: |value, meaning| format!("{value} significa {meaning}"),
    answer_until_now: |answer| format!("Su respuesta hasta ahora: {answer}"),
    keep_it: "Escriba \"conservar\" para dejarla como está.",
    keep_or_remove_it: "Escriba \"conservar\" o solo pulse Enter para dejarla como está, o \"quitar\" para no darla.",

    type_a_number: "Escriba un número y pulse Enter.",
    type_a_key: "Escriba un número o una letra de la lista y pulse Enter.",
    type_yes_or_no: "Escriba \"sí\" o \"no\" y pulse Enter.",
    type_yes_no_or_unsure: "Escriba \"sí\", \"no\" o \"no sé\", y pulse Enter.",
    type_several: |example| {
        format!("Escriba uno o más números o letras, por ejemplo {example}, y pulse Enter.")
    },
    type_between: |min, max, example| {
        format!("Escriba un número de {min} a {max}, por ejemplo {example}, y pulse Enter.")
    },
    type_on_scale: |min, max| format!("Escriba un número de {min} a {max} y pulse Enter."),
    type_text: "Escriba su respuesta en una línea y pulse Enter.",
    read_page: "Esta página es para leer. Pulse Enter para seguir.",
    or_unsure: "O escriba \"no sé\".",
    or_leave_out: "Para no contestar, solo pulse Enter.",

    no_answer: |typed| format!("\"{typed}\" no es una respuesta aquí."),
    one_only: "Aquí se puede dar una sola respuesta.",
    no_alone: |key| {
        format!("Con \"no\" no queda claro a qué se refiere. Si no tiene nada de esto, escriba \"{key}\".")
    },
    several_yes: "Varias respuestas empiezan por \"Sí\". Escriba el número de la suya.",
    empty_is_no_answer: "Hay que responder a esta pregunta, y una línea vacía no responde.",
    not_together: |label, key, others| {
        format!(
            "\"{label}\" no va junto con otra respuesta. Escriba {key} y nada más, o solo las \
             otras, por ejemplo {others}."
        )
    },
    not_understood: |typed| format!("Aquí no se entiende \"{typed}\"."),
    and_so_on: "etcétera",
    line_too_long: |max| {
        format!("Esa línea es muy larga y no se tomó en cuenta. Una línea puede tener hasta {max} letras.")
    },
    line_not_text: "Esa línea no es texto en UTF-8 y no se tomó en cuenta.",

    your_answer: |answer| format!("Su respuesta: {answer}"),
    left_out: "Sin contestar.",
    nothing_to_keep: "Aquí no hay ninguna respuesta que conservar.",
    nothing_to_remove: "Aquí no hay ninguna respuesta que se pueda quitar.",
    first_question: "Esta es la primera pregunta. Escriba \"salir\" si quiere dejarlo.",
    no_answers_yet: "Todavía no hay respuestas.",
    nothing_changed: "No se cambió nada.",

    result_until_now: |level| format!("El resultado hasta ahora: {level}"),
    result_with_change: |level| format!("El resultado con el cambio: {level}"),
    answer_with_change: |answer| format!("Su respuesta con el cambio: {answer}"),

    in_list_left_out: "Sin contestar",

    at_setting_aside: "Escriba \"sí\" para cambiar su respuesta, o \"no\" para dejar la que dio antes.",
    at_lowering: "Escriba \"sí\" si la nueva respuesta es correcta; el cambio se anota en el resultado. Escriba \"no\" \
                  para dejar la respuesta que dio antes.",
    at_alert: "Cuando lo haya hecho, escriba \"seguir\" para las demás preguntas, \"mostrar\" para ver todo el \
               resultado hasta ahora, o \"atrás\" para cambiar su respuesta.",
    at_review: "Escriba el número de una respuesta para cambiarla, \"repasar\" para ver toda la lista, o \"atrás\" \
                para volver a donde estaba.",
    back_at_review: "Está otra vez en sus respuestas.",
    at_summary: "Escriba \"repasar\" para cambiar una respuesta, \"guardar\" y un nombre para guardar esto en un \
                 archivo, \"más\" para ver qué más hay, o solo pulse Enter para terminar.",
    at_unfinished_summary: "Esto no está terminado. Escriba \"seguir\" para las demás preguntas, \"repasar\" para \
                            cambiar una respuesta, \"guardar\" y un nombre para guardar esto en un archivo, \"más\" para ver qué más hay, o \"salir\" para dejarlo.",
    more_clinician: "Escriba \"profesional\" para ver la página de quien le atienda.",
    more_phone: "Escriba \"teléfono\" para lo que hay que decir por teléfono, frase por frase.",
    more_sources: "Escriba \"fuentes\" para ver en qué se basa esto.",
    more_learn: |number, title| format!("Escriba \"leer {number}\" para leer una página: {title}"),

    sentence_of: |at, all| format!("Frase {at} de {all}. Pulse Enter para la siguiente, o escriba atrás."),
    last_sentence: "Esa era la última frase.",

    save_needs_name: |[text, page, clinician]| {
        format!(
            "Escriba \"guardar\" y un nombre, por ejemplo \"guardar {text}\". El final del nombre indica el formato: \
             {text} es texto simple, {page} una página web; también valen .md y .json. Para el profesional, con \
             el traspaso: \"guardar profesional {clinician}\""
        )
    },
    file_exists: |name| {
        format!(
            "Este archivo ya existe. Escriba \"reemplazar {name}\" para borrar lo que tiene, o \"guardar\" y otro nombre."
        )
    },
    not_saved: |why| format!("No se guardó: {why}. Escriba \"guardar\" y otro nombre."),

    leave: "¿Salir ahora? Sus respuestas no se guardan.",
    leave_or_stay: "Escriba \"sí\" para salir, o \"no\" para quedarse.",
    left: "Ha salido del cuestionario.",
    input_ended: "Ya no llega más texto.",
    finished: "El cuestionario está terminado.",
    not_finished: |why| format!("Sin terminar. {why}"),
    result_so_far: "Esto es lo que dicen sus respuestas hasta ahora.",
};

const COMMANDS: Commands = Commands {
    also_back: &["volver", "anterior"],
    also_why: &["porque"],
    back: ("atrás", "volver a la pregunta anterior"),
    review: ("repasar", "sus respuestas hasta ahora, para verlas o cambiarlas"),
    why: ("por qué", "por qué se hace la pregunta y en qué se basa"),
    repeat: ("repetir", "lo mismo otra vez"),
    keep: ("conservar", "dejar como está una respuesta que ya dio"),
    remove: ("quitar", "quitar una respuesta que no hace falta dar"),
    help: ("ayuda", "esta lista"),
    quit: ("salir", "dejar el cuestionario; se le pregunta una vez más"),
    language: ("idioma", "seguir en otro idioma; sus respuestas se conservan"),
    finish: ("terminar", "ir al resultado, cuando ninguna respuesta puede cambiar la urgencia"),

    yes: "sí",
    no: "no",
    go_on: "seguir",
    show: "mostrar",
    change: "cambiar",
    more: "más",
    phone: "teléfono",
    sources: "fuentes",
    clinician: "profesional",
    patient: "paciente",
    save: "guardar",
    replace: "reemplazar",
    learn: "leer",
};
