package io.millrace.api.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.type.StringValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StringValueUtilsTest {
    @Test
    void changesTextInPlace() {
        StringValue text = new StringValue("To Be_Ä-9!");

        StringValueUtils.toLowerCase(text);
        StringValueUtils.replaceNonWordChars(text, '#');

        assertThat(text.getValue()).isEqualTo("to#be_ä#9#");
    }

    @Test
    void cutsTextIntoWords() {
        StringValueUtils.WhitespaceTokenizer words = new StringValueUtils.WhitespaceTokenizer();
        StringValue word = new StringValue();
        List<String> found = new ArrayList<>();
        words.setStringToTokenize(new StringValue("  to be\tor\nnot "));
        while (words.next(word)) {
            found.add(word.getValue());
        }

        assertThat(found).containsExactly("to", "be", "or", "not");
        assertThat(words.next(word)).isFalse();
    }
}
