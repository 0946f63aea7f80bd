package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.input.FormatProgress;
import io.millrace.api.input.FormatSplit;
import io.millrace.api.input.GenericInputSplit;
import io.millrace.api.type.JavaForm;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JavaFormTest {
    private static final FormatSplit SPLIT =
            new FormatSplit(7, new GenericInputSplit(1, 2), 42L, 3);

    @Test
    void splitsOfInputFormatsTravelWhole() throws Exception {
        JavaForm<FormatSplit> form = new JavaForm<>(FormatSplit.class);
        assertThat(form.deserialize(form.getVersion(), form.serialize(SPLIT))).isEqualTo(SPLIT);
    }

    @Test
    void soDoesTheProgressOfTheirEnumerators() throws Exception {
        JavaForm<FormatProgress> form = new JavaForm<>(FormatProgress.class);
        FormatProgress progress =
                new FormatProgress(true, List.of(SPLIT), 8, new TreeMap<>(Map.of("a", 1L)));
        assertThat(form.deserialize(form.getVersion(), form.serialize(progress)))
                .isEqualTo(progress);
    }

    @Test
    void formsOfOtherVersionsAreRefused() {
        JavaForm<FormatSplit> form = new JavaForm<>(FormatSplit.class);
        assertThatThrownBy(() -> form.deserialize(9, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("form 9");
    }

    @Test
    void classesThatNoSplitNeedsAreRefused() throws Exception {
        JavaForm<FormatSplit> form = new JavaForm<>(FormatSplit.class);
        byte[] bytes = form.serialize(new FormatSplit(1, null, new URL("https://example.org"), 0));
        assertThatThrownBy(() -> form.deserialize(form.getVersion(), bytes))
                .hasMessageStartingWith(ErrorCode.NOT_PERMITTED.name())
                .hasMessageContaining("java.net.URL");
    }
}
