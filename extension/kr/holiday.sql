/*
 * holiday.sql
 *	  Public holidays of Korea, 2024 to 2030, for the working days of a roadmap.
 *
 * By the rules for public offices as in force at the end of 2025: fixed days, three days each of Seollal and Chuseok and Buddha's
 * Birthday by the lunar calendar, substitute holidays, and the election and temporary holidays known then. Sundays are not listed.
 * Days that a later decree adds belong into holiday_kr_user.
 */
CREATE TABLE holiday_kr_shipped (               --: Public holidays of Korea, 2024 to 2030; Sundays are not listed.
    holiday     date PRIMARY KEY,               --: Day.
    name_ko     text NOT NULL,                  --: Name in Korean; two where two fall on one day.
    name_en     text NOT NULL,                  --: Name in English.
    kind        text NOT NULL CHECK (kind IN ('public', 'substitute')),     --: Holiday itself, or the weekday that takes the place of one.
    source      text NOT NULL                   --: Publisher of the rule.
);
@rows holiday_kr_shipped holiday.csv holiday name_ko name_en kind source=[Ministry of Personnel Management (rule); dates computed by this project];
@overlay holiday_kr unit holiday needs name_ko name_en kind;
