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
static const char titles[] = " hr fr frk mr mrs ms dr prof ";

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
    return stands_in(groups, word, len);
}

bool marks_word_is_particle(const char *word, size_t len)
{
    return stands_in(particles, word, len);
}

bool marks_word_is_title(const char *word, size_t len)
{
    return stands_in(titles, word, len);
}
