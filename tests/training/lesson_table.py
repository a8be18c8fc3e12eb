"""What is right and wrong in each lesson, task by task, by lesson name; used by `test_lesson_checks`.

In the order of the tasks. Doing nothing is tried for every task and not listed.
"""

from __future__ import annotations

from datetime import date

from app.permissions import Role
from app.training.situations import complete_contacts, morning
from tests.training.lesson_deeds import (
    IEP,
    MATHS,
    MSI,
    SAT,
    Doing,
    activate,
    activate_without_code,
    add_group,
    brin,
    by_hand,
    change_code,
    change_code_to,
    classroom,
    clear_class,
    confirm,
    connect_iep,
    connect_iep_wrong,
    connect_msi,
    connect_msi_wrong,
    deactivate,
    delete_group,
    empty_group,
    end,
    enrol,
    five,
    give,
    let_along,
    merge,
    move,
    msi_delete,
    msi_rename,
    one_contact,
    pause,
    rename,
    resume,
    roll_back,
    send_again,
    sent,
    sit,
    switch,
    together,
    transition,
    unsubscribe,
    untick,
    until,
)

NEW_KEY = "99QQ00nieuwesleutel2020"
NIGHT = Doing(morning, (five,))
ACTIVATE_MSI = Doing(activate(MSI), (activate_without_code(MSI),), "administratie")
CONTACTS = Doing(complete_contacts, (one_contact,), "leerkracht6")
CONNECT_MSI = Doing(connect_msi, (connect_msi_wrong,))

LESSONS: dict[str, tuple[Doing, ...]] = {
    "iep-lvs": (
        Doing(activate(IEP), (activate_without_code(IEP), activate("gynzy")), "leerkracht6"),
        Doing(connect_iep, (connect_iep_wrong, change_code)),
        Doing(morning, (five, together(pause(IEP), morning))),
    ),
    "brin-verschilt": (
        Doing(brin("00"), (brin("01"), change_code)),
        Doing(morning, (five, together(change_code, morning))),
    ),
    "vandaag-gewijzigd": (
        Doing(morning, (five, together(by_hand, morning))),
        Doing(morning, (five, together(untick, morning))),
    ),
    "e-mailadres-ontbreekt": (
        CONTACTS,
        ACTIVATE_MSI,
        CONNECT_MSI,
        Doing(morning, (five, together(pause(MSI), morning))),
    ),
    "gewijzigd-in-esis": (
        Doing(msi_rename("Jara"), (msi_rename("Jaro"), rename("Yara"), msi_delete("1111"))),
        NIGHT,
    ),
    "vertrokken-leerling": (
        Doing(msi_delete("1111"), (msi_delete("1179"), end(MSI))),
        Doing(morning, (five, together(msi_delete("1179"), morning))),
    ),
    "zelfgemaakte-groep-over": (
        Doing(delete_group, (empty_group, msi_delete("1238"))),
        Doing(clear_class, (confirm,)),
        Doing(confirm, (clear_class,)),
    ),
    "leerling-dubbel": (
        Doing(merge("1111", "987654"), (merge("1179", "987654"), unsubscribe("987654"))),
        NIGHT,
    ),
    "verkeerde-leerling": (
        Doing(move("1093"), (move("1171"), roll_back)),
        Doing(roll_back, (), "leerkracht6"),
        Doing(send_again(date(2020, 4, 15)), (send_again(SAT),)),
        NIGHT,
    ),
    "toets-staat-uit": (
        Doing(switch(MATHS, True), (switch("rekenen-5", False),), "leerkracht6"),
        Doing(morning, (five, together(switch(MATHS, False), morning))),
    ),
    "andere-helft-vergeten": (
        Doing(connect_iep, (connect_iep_wrong, change_code, pause(IEP))),
        Doing(morning, (five, together(change_code, morning))),
    ),
    "rol-ontbreekt": (
        Doing(
            give(Role.LEERKRACHT),
            (give(Role.DIRECTIE), give(Role.LEERKRACHT, "01"), together(give(Role.LEERKRACHT), give(Role.DIRECTIE))),
            "leerkracht6",
        ),
    ),
    "groep-gaat-niet-mee": (
        Doing(let_along("Rekengroep"), (let_along("Schoolkoor"), let_along("Plusgroep rekenen")), "leerkracht6"),
        Doing(morning, (five, together(by_hand, morning))),
    ),
    "stoppen-en-hervatten": (
        Doing(pause(IEP), (end(IEP), change_code), "administratie"),
        Doing(sit(MATHS, "6"), (sit("rekenen-5", "5"),)),
        NIGHT,
        Doing(resume, (change_code,), "administratie"),
        Doing(morning, (five, together(change_code, morning))),
    ),
    "eerste-bericht": (
        Doing(sent("pull"), (sent("pull", klantcode="een-ander"), sent("pull", autorisatiesleutel="99QQ00"))),
        Doing(sent("push"), (sent("push", toetscode="rekenen-99"), sent("push", leerlingid="999999"))),
    ),
    "waarom-geweigerd": (
        Doing(sent("pull", schooljaar="2019"), (sent("pull"), sent("pull", klantcode="een-ander"))),
        Doing(sent("pull", autorisatiesleutel=NEW_KEY), (sent("pull"), sent("pull", klantnaam="Iemand"))),
        Doing(change_code_to(NEW_KEY), (change_code, pause(IEP), end(IEP)), "administratie"),
    ),
    "rondleiding": (Doing(five, (until("2020-04-14T16:59"),)),),
    "mijnschoolinfo": (
        CONTACTS,
        ACTIVATE_MSI,
        CONNECT_MSI,
        NIGHT,
        Doing(enrol("Sem", "4"), (enrol("Sem", "5"), enrol("Sam", "4")), "leerkracht6"),
        Doing(rename("Jara"), (rename("Jaro"),), "leerkracht6"),
        Doing(unsubscribe("1077"), (unsubscribe("1211"),), "leerkracht6"),
        NIGHT,
        Doing(msi_rename("Jara"), (msi_rename("Jaro"),)),
        Doing(msi_delete("1077"), (msi_delete("1211"),)),
        Doing(add_group, (classroom("1238"),)),
        Doing(classroom("1030", "1021", "1258"), (classroom("1030"),)),
        Doing(deactivate("M009"), (deactivate("M010"),), "leerkracht6"),
        Doing(together(until("2020-08-03T08:00"), transition), (until("2020-08-03T08:00"), five)),
        NIGHT,
        Doing(delete_group, (empty_group,)),
        Doing(together(clear_class, confirm), (clear_class, confirm)),
    ),
}
