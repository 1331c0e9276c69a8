/* Speaks lines with flite and reports when each phone and word is heard.

   stdin   id <TAB> voice <TAB> duration_stretch <TAB> text
   stdout  id <TAB> sample_rate <TAB> samples <TAB> phone:end_seconds:word ...
           (word counts the text's whitespace-separated words from 1; 0 is a pause)
   argv[1] folder that receives id.s16 (raw mono 16-bit little-endian samples)

   Build: gcc -O2 -o flite_batch flite_batch.c -lflite_cmu_us_rms -lflite_cmu_us_slt \
              -lflite_usenglish -lflite_cmulex -lflite -lm */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <flite/flite.h>

cst_voice *register_cmu_us_rms(const char *voice_dir);
cst_voice *register_cmu_us_slt(const char *voice_dir);

int main(int argc, char **argv) {
    static char line[8192];
    static char path[4096];
    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER < lines\n", argv[0]);
        return 2;
    }
    flite_init();
    const char *names[] = {"rms", "slt"};
    cst_voice *voices[] = {register_cmu_us_rms(NULL), register_cmu_us_slt(NULL)};
    const int count = sizeof voices / sizeof *voices;

    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        char *id = strtok(line, "\t"), *name = strtok(NULL, "\t");
        char *stretch = strtok(NULL, "\t"), *text = strtok(NULL, "\t");
        if (!text) continue;
        int which = 0;
        while (which < count && strcmp(names[which], name)) which++;
        if (which == count) continue;
        feat_set_float(voices[which]->features, "duration_stretch", atof(stretch));
        cst_utterance *utterance = flite_synth_text(text, voices[which]);
        if (!utterance) continue;

        int word = 0;
        for (const cst_item *token = relation_head(utt_relation(utterance, "Token")); token;
             token = item_next(token))
            item_set_int((cst_item *)token, "word_number", ++word);

        cst_wave *wave = utt_wave(utterance);
        snprintf(path, sizeof path, "%s/%s.s16", argv[1], id);
        FILE *file = fopen(path, "wb");
        if (!file) {
            perror(path);
            return 1;
        }
        fwrite(wave->samples, sizeof *wave->samples, wave->num_samples, file);
        fclose(file);

        printf("%s\t%d\t%d\t", id, wave->sample_rate, wave->num_samples);
        for (const cst_item *phone = relation_head(utt_relation(utterance, "Segment")); phone;
             phone = item_next(phone))
            printf("%s:%.4f:%d ", item_feat_string(phone, "name"), item_feat_float(phone, "end"),
                   ffeature_int(phone, "R:SylStructure.parent.parent.R:Token.parent.word_number"));
        printf("\n");
        fflush(stdout);
        delete_utterance(utterance);
    }
    return 0;
}
