/* What people write about children, in all the ways in which it is written, and what they write
 * otherwise: whatever tells who somebody is is found, and ordinary decisions are left alone. Nobody
 * of these names was there: of those who were, marks_test tells. */
#include <jansson.h>

#include "full_meeting.h"
#include "marks_check.h"

/* clang-format off */
static void a_name_that_begins_a_sentence(void **state)
{
    (void)state;
    CHECK(LOCALE_DA, MARKS_TEXT,
        { "Ahmed i 7.b har det svært", "[word:Ahmed][class:7.b]" },
        { "Ahmed har det svært.", "[word:Ahmed]" },
        { "Det er godt. Ahmed har det bedre.", "[word:Ahmed]" },
        { "Det er godt! Fatima har det bedre.", "[word:Fatima]" },
        { "Aftale: Yusuf flytter plads", "[word:Yusuf]" },
        { "1. Khadija får en makker", "[word:Khadija]" },
        { "– Mikkel er glad", "[word:Mikkel]" },
        { "\"Zainab ved det\"", "[word:Zainab]" },
        { "Voksne/Noah", "[word:Noah]" },
        { "Ahmeds mor ringer", "[word:Ahmed]" },
        { "Silas’ bror", "[word:Silas]" },
        { "Ubaid har det svært", "[word:Ubaid]" },
        { "Qasimov og Xhemajli", "[word:Qasimov][word:Xhemajli]" },
        { "Storm, Sol og Bjørn leger", "[word:Storm][word:Sol][word:Bjørn]" },
        { "Liva skal støttes", "[word:Liva]" },
        { "Emre og Can er venner", "[word:Emre][word:Can]" },
        { "Kim har sagt det", "[word:Kim]" },
        { "Hope, Jack og Amber", "[word:Hope][word:Jack][word:Amber]" },
        { "Elias, Ida og Noor", "[word:Elias][word:Ida][word:Noor]" },
        { "Anders Andersen Holm kommer", "[word:Anders Andersen][name:Holm]" },
        { "Fatima Yilmaz har", "[word:Fatima Yilmaz]" },
        { "Anna-Sofie og Karl-Emil", "[word:Anna-Sofie][word:Karl-Emil]" },
        { "Omar al-Khatib og Abdul al Rahman", "[word:Omar al-Khatib][word:Abdul al Rahman]" },
        { "Victor van der Berg", "[word:Victor van der Berg]" },
        { "Ahmed K. og Sofie M", "[word:Ahmed K.][word:Sofie M]" },
        { "A.K. har det svært; det har M. P. også", "[word:A.K.][word:M. P.]" },
        { "A. Khan har ringet", "[word:A. Khan]" },
    );
    CHECK(LOCALE_EN, MARKS_TEXT,
        { "Ahmed in 7.b is alone", "[word:Ahmed][class:7.b]" },
        { "Thomas will help. Oliver won’t.", "[word:Thomas][word:Oliver]" },
        { "Zainab’s mother", "[word:Zainab]" },
        { "Hope and Grace; Rasmus", "[word:Hope][word:Grace][word:Rasmus]" },
    );
}

static void a_name_in_whatever_letters(void **state)
{
    (void)state;
    CHECK(LOCALE_DA, MARKS_TEXT,
        { "AHMED har det svært", "[word:AHMED]" },
        { "det er AHMEDS plads", "[word:AHMED]" },
        { "UBAIDULLAH", "[word:UBAIDULLAH]" },
        { "vi taler om ahmed", "[word:ahmed]" },
        { "ahmeds mor og fatima", "[word:ahmed][word:fatima]" },
        { "ubaid i 7.b", "[word:ubaid][class:7.b]" },
        { "AK i 7.b og XY fra 2.a", "[word:AK][class:7.b][word:XY][class:2.a]" },
        { "ÅSE og Åse", "[name:ÅSE][name:Åse]" },
        { "(Ahmed)", "[word:Ahmed]" },
        { "»Ahmed«", "[word:Ahmed]" },
        { "Ahmed,Fatima", "[word:Ahmed][word:Fatima]" },
        { "Ahmed/Fatima", "[word:Ahmed][word:Fatima]" },
        { "Ahmed:", "[word:Ahmed]" },
        { "#Ahmed", "[word:Ahmed]" },
        { "*Ahmed* og _Ahmed_", "[word:Ahmed][word:Ahmed]" },
        { "<b>Ahmed</b>", "[word:Ahmed]" },
        { "👩Ahmed👩", "[word:Ahmed]" },
        { "Ахмед и Фатима", "[word:Ахмед][word:Фатима]" },
        { "Zoë, Chloé og Søs-Maja", "[word:Zoë][word:Chloé][word:Søs-Maja]" },
    );
}

static void numbers_of_people(void **state)
{
    (void)state;
    CHECK(LOCALE_DA, MARKS_TEXT,
        { "22345678, 22 34 56 78 og 2234 5678", "[phone:22345678][phone:22 34 56 78][phone:2234 5678]" },
        { "22-34-56-78 eller 22.34.56.78", "[phone:22-34-56-78][phone:22.34.56.78]" },
        { "+45 22 34 56 78, +4522345678, +45-22345678", "[phone:+45 22 34 56 78][phone:+4522345678][phone:+45-22345678]" },
        { "(+45) 22 34 56 78", "[phone:+45) 22 34 56 78]" },
        { "0045 22345678", "[phone:0045 22345678]" },
        { "tlf.22345678", "[phone:22345678]" },
        { "2234-5678", "[phone:2234-5678]" },
        { "010203-1234, 0102031234, 010203 1234", "[cpr:010203-1234][cpr:0102031234][cpr:010203 1234]" },
        { "01 02 03 1234 og 01.02.03-1234", "[cpr:01 02 03 1234][cpr:01.02.03-1234]" },
        { "010203 - 1234 og 010203/1234", "[cpr:010203 - 1234][cpr:010203/1234]" },
        { "010203-xxxx og 010203-****", "[cpr:010203-xxxx][cpr:010203-****]" },
        { "født 12. marts 2014", "[birthday:12. marts 2014]" },
        { "f. 12.03.14, født d. 1/2-2015", "[birthday:12.03.14][birthday:1/2-2015]" },
        { "fødselsdag den 3. maj", "[birthday:3. maj]" },
        { "Nørregade 12, 2. tv. og Søndre Ringvej 4 B", "[address:Nørregade 12][address:Søndre Ringvej 4 B]" },
        { "bor på Holms Allé 7", "[address:Holms Allé 7]" },
        { "ahmed.khan@skole.dk; AHMED@X.DK", "[email:ahmed.khan@skole.dk][email:AHMED@X.DK]" },
        { "https://facebook.com/ahmed.khan?x=1.", "[link:https://facebook.com/ahmed.khan?x=1]" },
        { "se www.skolen.dk/7b", "[link:www.skolen.dk/7b]" },
        { "@ahmed_k og @kuba99", "[handle:@ahmed_k][handle:@kuba99]" },
    );
}

static void classes_and_small_groups(void **state)
{
    (void)state;
    CHECK(LOCALE_DA, MARKS_TEXT,
        { "7.b, 7B, 7b, 7. B, 7 B", "[class:7.b][class:7B][class:7b][class:7. B][class:7 B]" },
        { "2.x, 0.A, 9.u og 8.k", "[class:2.x][class:0.A][class:9.u][class:8.k]" },
        { "7.a/b og 7.b's lærer", "[class:7.a/b][class:7.b]" },
        { "7.a og b", "[class:7.a og b]" },
        { "i 6.-7.b", "[class:7.b]" },
        { "3 elever, tre drenge, én pige", "[few:3 elever][few:tre drenge][few:én pige]" },
        { "to ud af fire", "[few:to ud af fire]" },
        { "3 ud af 4 elever og 2 ud af de", "[few:3 ud af 4 elever][few:2 ud af de]" },
        { "<5, < 5 og under 5 børn", "[few:<5][few:< 5][few:under 5 børn]" },
        { "2 specialklasseelever og tre tosprogede drenge", "[few:2 specialklasseelever][few:tre tosprogede drenge]" },
        { "4 forældre og 1 pædagog", "[few:4 forældre][few:1 pædagog]" },
    );
    CHECK(LOCALE_DA, MARKS_CELL,
        { "Ahmed", "[word:Ahmed]" }, { "7.b", "[class:7.b]" }, { "2", "[figure:2]" },
        { "Ahmed Khan, 7.b", "[word:Ahmed Khan][class:7.b]" }, { "Legepatrulje", "" },
    );
}

/* What schools decide.  A find here costs a tap, and whoever has to tap too often reads no more. */
static void ordinary_texts_are_left_alone(void **state)
{
    (void)state;
    CHECK(LOCALE_DA, MARKS_TEXT,
        { "Pausen skal have noget at byde på", "" },
        { "Vi prøver det i én årgang fra august til jul", "" },
        { "Legepatruljen går ud i alle frikvarterer", "" },
        { "Frikvarterspatruljer for indskolingen og mellemtrinnet", "" },
        { "Deltagelsesdidaktik, konflikthåndtering og leg som redskab", "" },
        { "Flere bolde, færre regler, bedre skygge", "" },
        { "Alle elever spørges igen i uge 14", "" },
        { "Ledelsen laver en plan, og bestyrelsen hører om den i marts", "" },
        { "Hvem gør hvad hvornår? Det aftales med MED og SFO.", "" },
        { "Skolens data viser, at 16 % peger på skolegården", "" },
        { "Hold øje med, om børnene bliver gladere", "" },
        { "Find ud af, hvad det koster", "" },
        { "Målet nås den 1. juni 2027 kl. 14.30", "" },
        { "Budgettet er 250.000 kr. i 2026 og 2027", "" },
        { "PUF og PPR er med; SFO’en også", "" },
        { "Børn og Unge-chef opsummerer sammen med skolelederen", "" },
        { "Overgangstesten i 4., 6. og 8. klasse giver ikke anledning til opmærksomhed", "" },
        { "Aftalt: Vi ses igen om et halvt år", "" },
        { "Mindre tavle, mere gulv", "" },
        { "Voksne, der er til stede, og som leger med", "" },
        { "Tegn på virkning: Færre konflikter, og flere der smiler", "" },
        { "3 timer om ugen, 2 gange om måneden", "" },
        { "HUSK AT SPØRGE ELEVRÅDET", "" },
        { "Cooperative learning: everybody takes part", "" },
    );
    CHECK(LOCALE_EN, MARKS_TEXT,
        { "The break should have something to offer", "" },
        { "More balls, fewer rules. We ask everybody again in week 14.", "" },
        { "Who does what by when? All of us.", "" },
        { "Adults who are there and join in", "" },
        { "Teachers try it in one year group", "" },
        { "Hvordan kan alle være med? Skoleledelsen svarer.", "" },
    );
}
/* clang-format on */

/* Finds in all texts of a JSON file, each with its text, told when there are more than allowed. */
static size_t finds_in(struct marks *m, const json_t *at, size_t *words)
{
    size_t n = 0, i;
    const json_t *child;
    const char *key;

    if (json_is_string(at)) {
        struct buffer out = { 0 };
        const char *text = json_string_value(at);
        for (const char *c = text; *c; c++)
            *words += *c == ' ' || !c[1];
        add_finds(m, MARKS_TEXT, text, &out);
        for (const char *c = out.at; (c = strchr(c, '[')) != NULL; c++)
            n++;
        if (out.at[0])
            print_message("%s in: %.60s\n", out.at, text);
        buffer_release(&out);
        return n;
    }
    json_array_foreach(at, i, child) n += finds_in(m, child, words);
    json_object_foreach((json_t *)at, key,
                        child) if (strcmp(key, "id") != 0 && strcmp(key, "method") != 0 &&
                                   strcmp(key, "shares") != 0 && strcmp(key, "locale") != 0) n +=
        finds_in(m, child, words);
    return n;
}

/* Of what is in no meeting's own words: everything found is a false alarm. */
static void agendas_raise_few_false_alarms(void **state)
{
    (void)state;
    static const char *const files[] = {
        "skoleudviklingssamtale", "opfoelgende-samtale", "runde",
        "retrospektiv",           "en-to-fire-alle",     "udviklingssamtale-i-par"
    };
    struct fixture *f = fixture_new();
    struct dictionary *dictionary = f->source.dictionary = dictionary_new();
    f->source.seat_count = 0; /* One of them is called after ordinary words. */
    struct marks *m = marks_new(&f->source, LOCALE_DA);
    size_t finds = 0, words = 0;

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        char path[512];
        snprintf(path, sizeof(path), SOURCE_FOLDER "/server/templates/%s.json", files[i]);
        json_t *read = json_load_file(path, 0, NULL);
        if (!read)
            fail_msg("%s cannot be read", path);
        finds += finds_in(m, read, &words);
        json_decref(read);
    }
    print_message("%zu false alarms in %zu words\n", finds, words);
    assert_true(words > 300);
    assert_true(finds * 200 <= words);
    marks_free(m);
    dictionary_free(dictionary);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_that_begins_a_sentence),
        cmocka_unit_test(a_name_in_whatever_letters),
        cmocka_unit_test(numbers_of_people),
        cmocka_unit_test(classes_and_small_groups),
        cmocka_unit_test(ordinary_texts_are_left_alone),
        cmocka_unit_test(agendas_raise_few_false_alarms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
