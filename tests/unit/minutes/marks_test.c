/* What is found in a text before it is published: a table of what people write, and of what only
 * looks like it. */
#include "marks_check.h"

/* clang-format off */
static void names_of_those_who_were_there(void **state)
{
    (void)state;
    CHECK(LOCALE_DA, MARKS_TEXT,
        { "Mette sagde det", "[name:Mette]" },
        { "det sagde Mette.", "[name:Mette]" },
        { "Vi bruger Mettes idé", "[name:Mette]" },
        { "Mette's idé og Jens' idé", "[name:Mette][name:Jens]" },
        { "Jens’ forslag", "[name:Jens]" },
        { "METTE og mette", "[name:METTE][name:mette]" },
        { "Mette Holm og Ole Holm", "[name:Mette Holm][name:Ole Holm]" },
        { "Fru Holm siger", "[name:Holm]" },
        { "Anne-Marie, Anne og Marie", "[name:Anne-Marie][name:Anne][name:Marie]" },
        { "Sørensens punkt", "[name:Sørensen]" },
        { "Åse, ÅSE og Ase", "[name:Åse][name:ÅSE][name:Ase]" },
        { "Andre og André", "[name:Andre][name:André]" },
        { "Юлия и ЮЛИЯ", "[name:Юлия][name:ЮЛИЯ]" },
        { "(Mette)", "[name:Mette]" },
        { "»Mette«, sagde hun", "[name:Mette]" },
        { "Mette/Jens", "[name:Mette][name:Jens]" },
        { "Mette-gruppen", "[name:Mette]" },
        { "Peter og Bie", "[name:Peter][name:Bie]" },
        { "Til:Mette", "[name:Mette]" },
        { "Mettes og Bos plan", "[name:Mette][name:Bo]" },
        { "linje\nMette", "[name:Mette]" },
        { "2 af Mette", "[name:Mette]" },
    );
}

static void what_only_looks_like_a_name(void **state)
{
    (void)state;
    CHECK(LOCALE_DA, MARKS_TEXT,
        { "Hvor vil de bo?", "" },
        { "Bo tæt på skolen", "[name:Bo]" },
        { "et liv i skolen", "" },
        { "Liv siger", "[name:Liv]" },
        { "mettes af maden", "[name:mette]" },
        { "mettede elever", "" },
        { "jensen", "[word:jensen]" }, /* Nothing else is called so. */
        { "Holmen", "" },
        { "Skolelederen og en skoleleder", "" },
        { "Elev A har sagt det", "" },
        { "van der", "" },
        { "børn og Børn", "" },
        { "ask og pil", "" },
        { "Mettehansen", "[word:Mettehansen]" },
        { "kometten", "" },
        { "A B C", "" },
        { "", "" },
        { " ", "" },
    );
}

static void capitals_inside_sentences(void **state)
{
    (void)state;
    CHECK(LOCALE_DA, MARKS_TEXT,
        { "Vi har talt med Ahmed om det", "[word:Ahmed]" },
        { "Ahmed i 7.b", "[word:Ahmed][class:7.b]" },
        { "Det var godt. Derefter gik vi", "" },
        { "Godt! Derefter? Måske: Ja; Nej", "" },
        { "hos Fatima Yilmaz og hr. Jensen", "[word:Fatima Yilmaz][word:Jensen]" },
        { "Vi bruger Aula og Teams", "" },
        { "til MUS, MED, PUF og SFO", "" },
        { "i København", "[word:København]" },
        { "på Nordre Skole", "[word:Nordre Skole]" },
        { "i Danmark", "" },
        { "på Nordskovens Skole og hos nordskovens skoles elever", "" },
        { "det er Nordskovens Skoles plan", "" },
        { "det er Nordskovens plan", "" },
        { "Nordskovens Skole, Lærerværelset", "" },
        { "elever fra Sankt Annæ Gymnasium", "" },
        { "elever fra Bækskolen og Åskolen", "[word:Åskolen]" },
        { "hos Ahmed, og hos Ahmed Skole", "[word:Ahmed][word:Ahmed Skole]" },
        { "hos Freja på Freja Skole", "[word:Freja][word:Freja Skole]" },
        { "vil De komme, og skal I med", "" },
        { "en Skoleleder og en PUF-konsulent", "" },
        { "– Derfor", "" },
        { "»Derfor«", "" },
        { "(Derfor)", "" },
        { "Punkt\nDerfor", "" },
        { "uge 7, Karl, kom", "[word:Karl]" },
        { "Karls mor", "[word:Karl]" },
        { "hos Karls mor", "[word:Karl]" },
        { "iPad og eLev", "" },
        { "A/B Derfor", "[word:Derfor]" },
        { "fra Børn og Unge", "" },
    );
    CHECK(LOCALE_EN, MARKS_TEXT,
        { "We met on Monday in May", "[name:May]" },
        { "the Danish school in January", "" },
        { "I think that Ahmed knows", "[word:Ahmed]" },
        { "Mr. Brown said", "[word:Brown]" },
        { "it may be", "" },
        { "Mette's plan", "[name:Mette]" },
    );
}

static void addresses_and_numbers(void **state)
{
    (void)state;
    CHECK(LOCALE_DA, MARKS_TEXT,
        { "skriv til mette.holm@skole.dk.", "[email:mette.holm@skole.dk]" },
        { "MH@skole-by.kommune.dk, tak", "[email:MH@skole-by.kommune.dk]" },
        { "søren@æble.dk", "[email:søren@æble.dk]" },
        { "a+b_c%d-e@x.co", "[email:a+b_c%d-e@x.co]" },
        { "@mette og mette@ og @", "[handle:@mette][name:mette]" },
        { "kl. 9 @ skolen", "" },
        { "x@y", "" },
        { "010203-1234", "[cpr:010203-1234]" },
        { "cpr 0102031234.", "[cpr:0102031234]" },
        { "010203 1234 og 311299–4321", "[cpr:010203 1234][cpr:311299–4321]" },
        { "320203-1234", "" },
        { "011303-1234", "" },
        { "010203-123", "" },
        { "010203-12345", "" },
        { "1010203-1234", "" },
        { "9902031234", "" },
        { "ring 12 34 56 78", "[phone:12 34 56 78]" },
        { "ring 22 34 56 78", "[phone:22 34 56 78]" },
        { "22345678", "[phone:22345678]" },
        { "2234 5678, nu", "[phone:2234 5678]" },
        { "22 345 678 og 223 45 678", "[phone:22 345 678][phone:223 45 678]" },
        { "22\u00a034\u00a056\u00a078", "[phone:22\u00a034\u00a056\u00a078]" },
        { "+45 22345678", "[phone:+45 22345678]" },
        { "+4522345678", "[phone:+4522345678]" },
        { "0045 22 34 56 78", "[phone:0045 22 34 56 78]" },
        { "+46 70 123 45 67", "[phone:+46 70 123 45 67]" },
        { "(22 34 56 78)", "[phone:22 34 56 78]" },
        { "skoleåret 2026-2027", "" },
        { "2026 2027", "" },
        { "20261117", "" },
        { "12.000.000", "" },
        { "22.345.678", "" },
        { "22345678 kr.", "" },
        { "223456789", "" },
        { "22 34 56 78 90", "[phone:22 34 56 78]" }, /* Rather one too many. */
        { "22,345678", "" },
        { "17.11.2026", "" },
        { "2026-11-17", "" },
        { "kl. 09.30-11.00", "" },
        { "nr. 0751001", "" },
        { "a22345678", "" },
        { "22345678a", "" },
        { "500000 + 250000", "" },
    );
}

static void classes_and_groups_of_a_few(void **state)
{
    (void)state;
    CHECK(LOCALE_DA, MARKS_TEXT,
        { "Ahmed i 7.b", "[word:Ahmed][class:7.b]" },
        { "7. B, 7b, 7B og 10.a", "[class:7. B][class:7b][class:7B][class:10.a]" },
        { "0.c og 3.x.", "[class:0.c][class:3.x]" },
        { "7. klasse og 7. årgang", "" },
        { "den 7. i måneden", "" },
        { "7.bs tur", "[class:7.b]" },
        { "11.a og 00.a", "" },
        { "3D-print og 5G", "" },
        { "4.5.6", "" },
        { "kl. 7.b", "[class:7.b]" },
        { "17.b", "" },
        { "1,7.b", "" },
        { "3 elever", "[few:3 elever]" },
        { "to elever og fire tosprogede drenge", "[few:to elever][few:fire tosprogede drenge]" },
        { "Tre forældre", "[few:Tre forældre]" },
        { "én elev", "[few:én elev]" },
        { "en elev", "" },
        { "5 elever og 14 elever", "" },
        { "1.3 elever og 0,4 børn", "" },
        { "<5 og < 5 elever", "[few:<5][few:< 5 elever]" },
        { "<5 % og <5,5", "" },
        { "<16", "" },
        { "under fem elever, færre end 5 børn", "[few:under fem elever][few:færre end 5 børn]" },
        { "3 timer, 2 opgaver", "" },
        { "3 af elever", "[few:3 af elever]" },
        { "to ugers børn", "[few:to ugers børn]" },
        { "4 %", "" },
    );
    CHECK(LOCALE_EN, MARKS_TEXT,
        { "two pupils and 3 children", "[few:two pupils][few:3 children]" },
        { "we listen to pupils", "" },
        { "fewer than five students", "[few:fewer than five students]" },
    );
    CHECK(LOCALE_DA, MARKS_CELL,
        { "3", "[figure:3]" }, { "1", "[figure:1]" }, { "4", "[figure:4]" },
        { "0", "" }, { "5", "" }, { "13", "" }, { "3 %", "" }, { "3,5", "" }, { "<5", "[few:<5]" },
        { "02", "" }, { "Mette", "[name:Mette]" }, { "Ja", "" },
    );
    CHECK(LOCALE_DA, MARKS_TEXT, { "3", "" });
}

static void whoever_has_a_task(void **state)
{
    (void)state;
    CHECK(LOCALE_DA, MARKS_OWNER,
        { "Mette", "[name:Mette]" },
        { "Peter fra SFO", "[name:Peter fra SFO]" },
        { "Ledelsen", "" },
        { "Pædagogisk leder", "" },
        { "Elevrådet", "" },
        { "Skolelederen og pædagogerne i SFO", "[name:Skolelederen og pædagogerne i SFO]" },
        { "Lærerne, skolebestyrelsen", "" },
        { "Skov", "[name:Skov]" }, /* Ordinary, and a family's name. */
        { "Mette, lærer", "[name:Mette, lærer]" },
        { "Fatima, lærer", "[name:Fatima, lærer]" },
        { "Lærer i 7.b", "[name:Lærer i 7.b]" },
        { "Skoleleder", "" },
        { "skoleleder", "" },
        { "School leader", "" },
        { "Mettes mor", "" },
    );
}
/* clang-format on */

/* What stands in its place, and what it has in common with others. */
static void assert_instead(enum locale locale, const char *text, const char *key,
                           const char *instead)
{
    struct fixture *f = fixture_new();
    struct buffer of = { 0 }, in = { 0 };
    struct find found;

    f->seats[1].function = fixture_text(f, "Mettes kollega");
    struct dictionary *dictionary = f->source.dictionary = dictionary_new();
    struct marks *m = marks_new(&f->source, locale);
    assert_true(marks_next(m, MARKS_TEXT, text, strlen(text), 0, &found));
    marks_key(text, &found, &of);
    marks_instead(m, text, &found, &in);
    buffer_add(&of, "", 1);
    buffer_add(&in, "", 1);
    assert_string_equal(of.at, key);
    assert_string_equal(in.at, instead);
    buffer_release(&of);
    buffer_release(&in);
    marks_free(m);
    dictionary_free(dictionary);
    fixture_free(f);
}

static void what_stands_in_the_place_of_a_find(void **state)
{
    (void)state;
    assert_instead(LOCALE_DA, "METTES", "name:mette", "[Lærer]");
    assert_instead(LOCALE_DA, "Thomas", "name:thomas", "[navn]"); /* His function names somebody. */
    assert_instead(LOCALE_EN, "of Ahmed Khan", "word:ahmed khan", "[name]");
    assert_instead(LOCALE_DA, "A@B.dk", "email:a@b.dk", "[e-mail]");
    assert_instead(LOCALE_DA, "010203-1234", "cpr:010203-1234", "[cpr-nummer]");
    assert_instead(LOCALE_EN, "+4522345678", "phone:+4522345678", "[phone number]");
    assert_instead(LOCALE_DA, "7. B", "class:7. b", "en klasse");
    assert_instead(LOCALE_DA, "to tosprogede Elever", "few:to tosprogede elever", "få Elever");
    assert_instead(LOCALE_DA, "<5", "few:<5", "få");
    assert_instead(LOCALE_DA, "to ud af fire", "few:to ud af fire", "få");
    assert_instead(LOCALE_DA, "3 ud af 4 elever", "few:3 ud af 4 elever", "få elever");
    assert_instead(LOCALE_DA, "@kuba99", "handle:@kuba99", "[profil]");
    assert_instead(LOCALE_EN, "www.x.dk/kuba", "link:www.x.dk/kuba", "[link]");
    assert_instead(LOCALE_DA, "Nørregade 12", "address:nørregade 12", "[adresse]");
    assert_instead(LOCALE_DA, "Ubaids mor", "word:ubaids", "[navn]");
    assert_instead(LOCALE_EN, "3 pupils", "few:3 pupils", "a few pupils");
}

/* Whatever is safe to leave out is left out where nobody has said anything. */
static void what_nobody_decided_is_safe(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool kept;
    } cases[] = { { "Mette", false },       { "a@b.dk", false }, { "010203-1234", false },
                  { "22 34 56 78", false }, { "7.b", true },     { "hos Ahmed", true },
                  { "3 elever", true } };
    struct fixture *f = fixture_new();
    struct marks *m = marks_new(&f->source, LOCALE_DA);
    struct marking decided[2];
    struct find found;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        size_t len = strlen(cases[i].text);
        assert_true(marks_next(m, MARKS_TEXT, cases[i].text, len, 0, &found));
        assert_false(found.decided);
        assert_int_equal(found.keep, cases[i].kept);
    }
    assert_true(marks_next(m, MARKS_CELL, "3", 1, 0, &found));
    assert_false(found.keep);
    decided[0] = (struct marking){ .kind = FIND_KIND_NAME,
                                   .text = fixture_text(f, "METTE"),
                                   .choice = FIND_CHOICE_KEEP };
    decided[1] = (struct marking){ .kind = FIND_KIND_CLASS,
                                   .text = fixture_text(f, "7.B"),
                                   .choice = FIND_CHOICE_REPLACE,
                                   .instead = fixture_text(f, "en syvende") };
    f->source.markings = decided;
    f->source.marking_count = 2;
    assert_true(marks_next(m, MARKS_TEXT, "Mettes", 6, 0, &found));
    assert_true(found.decided && found.keep);
    assert_true(marks_next(m, MARKS_TEXT, "7.b", 3, 0, &found));
    assert_true(found.decided && !found.keep);
    assert_true(text_is(found.instead, "en syvende"));
    assert_true(marks_next(m, MARKS_TEXT, "7b", 2, 0, &found));
    assert_false(found.decided);
    marks_free(m);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_those_who_were_there),
        cmocka_unit_test(what_only_looks_like_a_name),
        cmocka_unit_test(capitals_inside_sentences),
        cmocka_unit_test(addresses_and_numbers),
        cmocka_unit_test(classes_and_groups_of_a_few),
        cmocka_unit_test(whoever_has_a_task),
        cmocka_unit_test(what_stands_in_the_place_of_a_find),
        cmocka_unit_test(what_nobody_decided_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
