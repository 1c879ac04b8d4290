#include "minutes/marks_words.h"

#include <string.h>

/* Each between blanks. */
static const char common[] =
    " ask bjørn bo dag dan dane dal due eg elm engel fin fisker gro hav hede held helle holm høj "
    "is "
    "kit krog lang lave leth lilje lille lin line liv lone lund lykke lyng mai mark may møller my "
    "nord pil ravn rose rosa sand sander signe sky skov smed sne sol sommer sten stille stor storm "
    "strand sund sus søster tage tor tove tro vad vang vilde vilje ville vind vinter ynde nu "
    "alle april art august autumn baker bill black brown bush cook daisy dawn day drew east eve "
    "faith field ford frank gene grace grant green guy hill hope ivy jack jean joy june king lily "
    "long max miles page park pat penny price ray rich rob robin ruby sandy short smith stone sue "
    "summer victor wells west white will wood woods young bank berg borg bro dam eng gade kjær ";
static const char known[] =
    " i de dem deres dere jer jeres du vi "
    "mandag tirsdag onsdag torsdag fredag lørdag søndag januar februar marts april maj juni juli "
    "august september oktober november december jul paske pinse "
    "monday tuesday wednesday thursday friday saturday sunday january february march may june july "
    "october christmas easter "
    "danmark dansk danske dansker engelsk tysk fransk norden nordisk europa europæisk "
    "denmark danish english german french europe european england "
    "aula teams excel word google chromebook ipad meebook minuddannelse unilogin skoleintra "
    "facebook "
    "instagram snapchat tiktok youtube wifi "
    "børn unge skolen kommunen folketinget undervisningsministeriet skolebestyrelsen elevradet "
    "medudvalget byradet forvaltningen ";
static const char groups[] =
    " elev elever eleverne barn børn børnene dreng drenge drengene pige piger pigerne lærer "
    "lærere pædagog pædagoger forælder forældre medarbejder medarbejdere ansat ansatte kollega "
    "kolleger person personer tosprogede deltager deltagere voksne familier søskende klasser "
    "pupil pupils child children student students teacher teachers boy boys girl girls parent "
    "parents employee employees colleague colleagues people persons participants adults families ";
static const char particles[] = " de da du van von der den af la le el al bin ben ibn di del dos ";
static const char joining[] = " van von der den zu al el bin ibn abu di del dos da la ";
static const char titles[] = " hr fr frk mr mrs ms dr prof ";
/* Ordinary words that dictionaries have as names, too. */
static const char starters[] =
    " evt dvs fx bl jf mht pga ift osv mfl inkl ekskl obs nr kl ca tlf mdr ps etc eg ie "
    "og vi min mine din dine sin sine han hans hun da al de den der det dette ser siger syv "
    "otte andre hold find jo tit dag dage hal elev elever par tage tag deler lave kort dele "
    "ville fil pil ude ned sent rent ny nye nyt bedre rum mindst i a an and are as at be by "
    "can do else for from had has he her here his how if in is it its let long many may more "
    "most my no not now of on one or our out over see set she so some that the their them "
    "then there they this to two up us use was we were what when where which who will with "
    "you your read say says all any both each ";
/* What stands in capitals and is nobody. */
static const char abbreviations[] =
    " sfo puf med mus ppr lis akt lkt dsa ssp gdpr fgu uu eud eux stx hhx htx hf hr it ikt "
    "ai pc tv eu fn ok id dr kl kk ats tr amr amo trio sus buc bupl dlf adhd add asf npf "
    "ptsd iq cpr cvr pdf www url usa uk api faq obs nb ps bu mu grus tup tap tal sal dsb dgi "
    "dif dbu kfum kfuk dus lbk fsl sms ipad app ap pls plf pip dvd led wifi pisa timss pirls "
    "cefu cafe via ucn ucc ucl kp phd sosu avu fvu vuc cks sen snak send eng dan mat ";
static const char months[] =
    " januar februar marts april maj juni juli august september oktober november december "
    "jan feb mar apr jun jul aug sep sept okt nov dec january february march may june july "
    "october ";
/* What streets end with. */
static const char streets[] =
    " vej vejen gade gaden alle stræde strædet plads pladsen vænge vænget parken stien "
    "boulevard torv torvet toften bakken haven lunden kaj kajen brygge garden marken engen "
    "street road avenue lane drive ";
/* What a function ends with, that somebody has or several are. */
static const char functions[] =
    " leder lederen ledere lederne lærer læreren lærere lærerne pædagog pædagogen pædagoger "
    "pædagogerne konsulent konsulenten konsulenter konsulenterne vejleder vejlederen vejledere "
    "vejlederne chef chefen rad radet bestyrelse bestyrelsen udvalg udvalget team teamet ledelse "
    "ledelsen koordinator koordinatoren sekretær sekretæren psykolog psykologen "
    "teacher teachers leader leaders head board council management coordinator counsellor "
    "consultant ";
/* What houses of a municipality end with: "Nordskovens Skole", "Bækskolen". */
static const char institutions[] =
    " skole skolen skoler skolerne børnehave børnehaven børnehus børnehuset dagtilbud fritidshjem "
    "klub klubben gymnasium gymnasiet bibliotek biblioteket kommune kommunen afdeling afdelingen "
    "school kindergarten library municipality ";
/* What words for people of whom there may be a few end with. */
static const char counted[] =
    " elever eleverne børn børnene drenge drengene piger pigerne lærere pædagoger forældre ";

static bool stands_in(const char *list, const char *word, size_t len)
{
    const char *at = list;

    while (len > 0 && (at = strchr(at, ' ')) && at[1]) {
        at++;
        if (strncmp(at, word, len) == 0 && at[len] == ' ')
            return true;
    }
    return false;
}

/* Whether the word ends with one of a list. */
static bool ends_with_one(const char *list, const char *word, size_t len)
{
    for (const char *at = list + 1, *end; (end = strchr(at, ' ')); at = end + 1) {
        size_t n = (size_t)(end - at);
        if (n > 0 && n <= len && memcmp(word + len - n, at, n) == 0)
            return true;
    }
    return false;
}

bool marks_word_is_common(const char *word, size_t len)
{
    return stands_in(common, word, len);
}

bool marks_word_is_known(const char *word, size_t len)
{
    return stands_in(known, word, len);
}

bool marks_word_is_group(const char *word, size_t len)
{
    return stands_in(groups, word, len) || ends_with_one(counted, word, len);
}

bool marks_word_is_particle(const char *word, size_t len)
{
    return stands_in(particles, word, len);
}

bool marks_word_is_title(const char *word, size_t len)
{
    return stands_in(titles, word, len);
}

bool marks_word_is_joining(const char *word, size_t len)
{
    return stands_in(joining, word, len);
}

bool marks_word_is_starter(const char *word, size_t len)
{
    return stands_in(starters, word, len);
}

bool marks_word_is_abbreviation(const char *word, size_t len)
{
    return stands_in(abbreviations, word, len);
}

bool marks_word_is_month(const char *word, size_t len)
{
    return stands_in(months, word, len);
}

bool marks_word_is_street(const char *word, size_t len)
{
    return ends_with_one(streets, word, len);
}

bool marks_word_is_institution(const char *word, size_t len)
{
    return ends_with_one(institutions, word, len) ||
           (len > 1 && word[len - 1] == 's' && ends_with_one(institutions, word, len - 1));
}

bool marks_word_is_function(const char *word, size_t len)
{
    return ends_with_one(functions, word, len);
}
