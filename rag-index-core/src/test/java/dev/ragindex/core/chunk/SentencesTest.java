package dev.ragindex.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {

  /** Sentences are separated by ¦, which is taken out before the text is scanned. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello World. ¦My name is Jonas.",
        "What is your name? ¦My name is Jonas.",
        "There it is! ¦I found it.",
        "My name is Jonas E. Smith.",
        "Please turn to p. 55.",
        "Were Jane and co. at the party?",
        "They closed the deal with Pitt, Briggs & Co. at noon.",
        "Let's ask Jane and co. ¦They should know.",
        "They closed the deal with Pitt, Briggs & Co. ¦It closed yesterday.",
        "I can see Mt. Fuji from here.",
        "St. Michael's Church is on 5th St. near the light.",
        "I live in the E.U. ¦How about you?",
        "I live in the U.S. ¦The weather is fine.",
        "I work for the U.S. Government in Virginia.",
        "She has $100.00 in her bag.",
        "She has $100.00. ¦It is in her bag.",
        "He teaches science (He previously worked for 5 years as an engineer.) at the local"
            + " university.",
        "Her email is Jane.Doe@example.com. ¦I sent her an email.",
        "The site is: https://www.example.50.com/new-site/awesome.html. ¦Please check it out.",
        "She turned to him, \"This is great.\" she said.",
        "She turned to him, \"This is great.\" ¦She held the book out to show him.",
        "Hello!! ¦Long time no see.",
        "Hello?! ¦Is that you?",
        "Upgrade to version 2.13.1 first. ¦Then restart.",
        "See Fig. 3 and eq. 4. ¦Both hold.",
        "1. The first item\n¦2. The second item",
        "Thoughts on ... well, everything.",
        "One further habit... ¦Another one follows.",
        "This is a first line without a full stop\n¦And this a second",
        "A line that is long enough to look as if it were wrapped\nwhere the sentence goes on.",
        "A line that is long enough to look as if it were wrapped.\n¦Then comes another sentence.",
        "A line that is long enough to be wrapped, but not so here\n¦- as an item follows",
        "First paragraph\n\n¦second paragraph",
        "これはペンです。¦それは本です。",
        "「もう行くの？」¦と彼は言った。",
        "你好！¦我是李明。¦你呢？",
        "كيف حالك؟ ¦أنا بخير.",
        "यह एक वाक्य है। ¦यह दूसरा है।",
        "Բարև։ ¦Ինչպես ես։",
        "Das ist z.B. der Fall. ¦Er kam um 5 Uhr an.",
        "Er kam z. B. am 14. März, d. h. Die Woche davor. ¦Es war kalt.",
        "It has 3 parts, of which I saw 2. ¦Maybe more.",
        "J. R. R. Tolkien wrote it. ¦So did C. S. Lewis.",
        "It was plan B. ¦We followed it.",
        "Ring tel. 12 or fax. 13. ¦Ask for the tel. ¦Nobody answers.",
        "प्रो. वर्मा आए। ¦डॉ. शर्मा भी।",
        "送料は別です（離島を除く。）。¦ご了承ください。",
        "Il est parti. ¦« Pourquoi ? » demanda-t-elle.",
        "Dr. Smith and Prof. Jones met at 3.30 p.m. ¦They left early.",
      })
  void text_is_cut_where_a_reader_would(String marked) {
    String text = marked.replace("¦", "");
    List<Integer> expected = new ArrayList<>();
    for (int i = marked.indexOf('¦'); i >= 0; i = marked.indexOf('¦', i + 1)) {
      expected.add(i - expected.size());
    }

    UnitTable units =
        DocumentScanner.scan(
            Texts.plain(text),
            Strategy.sentence(Packing.STABLE),
            WordCounter.ADDITIVE.counted(text),
            Integer.MAX_VALUE);

    List<Integer> found = new ArrayList<>();
    for (int i = 1; i < units.size(); i++) {
      found.add(units.offset(i));
    }
    assertThat(found).as(text).isEqualTo(expected);
  }
}
