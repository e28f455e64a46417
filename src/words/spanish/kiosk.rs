//! Un quiosco en español.

use super::super::{Kiosk, Staff};

pub const KIOSK: Kiosk = Kiosk {
    touch_or_key: "Toque la pantalla o pulse cualquier tecla",
    press: |key| format!("pulse {key}"),

    privacy: "Sus respuestas están en esta máquina solo mientras usted está aquí. No se guarda nada, y todo se borra \
              cuando usted termina o se va.",
    privacy_desk: "Sus respuestas están en esta máquina solo mientras usted está aquí, y se borran cuando termina o se va. \
                   En recepción solo las ven si usted lo elige al final.",
    start: "Empezar",
    other_language: "Volver",

    still_there: "¿Sigue usted ahí?",
    erased_in: |seconds| match seconds {
        1 => "Sus respuestas se borran en 1 segundo.".to_owned(),
        _ => format!("Sus respuestas se borran en {seconds} segundos."),
    },
    result_erased_in: |seconds| match seconds {
        1 => "Su resultado se borra en 1 segundo.".to_owned(),
        _ => format!("Su resultado se borra en {seconds} segundos."),
    },
    call_first: "Si necesita ayuda ya y todavía no ha llamado, avise al personal.",
    stay: "Sigo aquí",

    call_staff: "Llamar al personal",
    calling: |ticket| format!("Llamando al personal. Su número aquí es {ticket}."),
    called: |ticket| format!("El personal está avisado. Su número aquí es {ticket}."),
    not_called: |ticket| format!("No se pudo llamar. Vaya al mostrador. Su número aquí es {ticket}."),
    ask_desk: "¿Necesita ayuda? Pregunte en el mostrador.",

    stop: "Dejarlo y borrar",
    stop_and_erase: "Dejarlo aquí. Borrar mis respuestas",
    back_to_result: "Volver al resultado",
    print_slip: "Imprimir el resultado en un papel",
    finish_and_erase: "Terminar. Borrar todo aquí",
    show_desk: "Mostrar mis respuestas en recepción",
    consent: "El personal de aquí verá sus respuestas y su resultado. Se guardan para el centro. Su nombre no está con \
              ellas: recibe un número para decirlo en recepción.",
    agree: "Sí, mostrarlas",
    disagree: "No, volver",
    handed_over: |ticket| format!("Recepción tiene sus respuestas. Diga allí este número: {ticket}"),
    handed_over_before: |ticket| format!("Recepción ya tiene sus respuestas. Su número es {ticket}"),
    not_handed_over: "El ordenador de recepción no responde, así que sus respuestas se quedan aquí. Dígalas en recepción, o \
                      llévese el papel.",
    printing: "Imprimiendo...",
    printed: "Impreso. Llévese el papel: tiene datos de salud.",
    not_printed: "La impresora no funciona. Apunte lo que necesite, o pregunte en el mostrador.",
    first_question: "Esta es la primera pregunta.",
    enter_at_alert: "Enter no hace nada aquí. Pulse 0 cuando haya llamado, + para las demás preguntas, o - si su \
                     respuesta fue un error.",

    moment: "Un momento.",
    out_of_order: "Esta pantalla no funciona. Pregunte en el mostrador.",

    staff: Staff {
        title: "Para el personal",
        type_pin: "Escriba el PIN y pulse Enter.",
        take: "Aceptar",
        erase: "Borrar",
        close: "Cerrar",
        wrong: "Ese no es el PIN.",
        wait: |seconds| match seconds {
            1 => "No se acepta ningún PIN durante 1 segundo.".to_owned(),
            _ => format!("No se acepta ningún PIN durante {seconds} segundos."),
        },
        no_pin: "El archivo del lugar no tiene PIN, así que aquí no entra nadie. `redflag kiosk pin` hace uno.",
        menu: "Las respuestas de esta persona se borran si usted reinicia o sale.",
        restart: "Reiniciar",
        leave: "Salir del quiosco",
        test_bell: "Probar el timbre",
        test_printer: "Probar la impresora",
        counts: "Cuentas",
        not_set: "El archivo del lugar no tiene un comando para esto.",
        trying: "Probando...",
        worked: "Funcionó.",
        failed: |why| format!("Falló: {why}."),
        test_slip: "Esta es una prueba de la impresora.",

        since: |day| format!("Desde el {day}"),
        started: "Empezados",
        finished: "Terminados",
        stopped: "Dejados",
        walked_away: "Se fueron",
        ended_by_staff: "Cerrados por el personal",
        crashed: "Fallos del programa",
        calls: "Avisos al personal",
        failed_calls: "Avisos que fallaron",
        left_at: "Dejados en",
        levels: "Resultados",

        not_started: |why| format!("no se pudo iniciar: {why}"),
        status: |status| format!("terminó con el estado {status}"),
        killed: |signal| format!("la señal {signal} lo terminó"),
        too_long: |seconds| format!("tardó más de {seconds} segundos"),
    },
};
