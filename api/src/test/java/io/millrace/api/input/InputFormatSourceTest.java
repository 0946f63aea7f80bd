package io.millrace.api.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InputFormatSourceTest {
    /** Makes no splits. */
    private static final class Nothing extends GenericInputFormat<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean reachedEnd() {
            return true;
        }

        @Override
        public String nextRecord(String reuse) {
            return null;
        }
    }

    @Test
    void splitsAndProgressTravelWhole() throws Exception {
        InputFormatSource<String, ?> source = InputFormatSource.once(new Nothing(), null);
        FormatSplit split = new FormatSplit(7, new GenericInputSplit(1, 2), 42L, 3);
        SimpleVersionedSerializer<FormatSplit> splits = source.getSplitSerializer();
        assertThat(splits.deserialize(splits.getVersion(), splits.serialize(split)))
                .isEqualTo(split);

        FormatProgress progress =
                new FormatProgress(
                        true, List.of(split), 8, new TreeMap<>(java.util.Map.of("a", 1L)));
        SimpleVersionedSerializer<FormatProgress> states =
                source.getEnumeratorCheckpointSerializer();
        assertThat(states.deserialize(states.getVersion(), states.serialize(progress)))
                .isEqualTo(progress);
    }

    @Test
    void formsOfOtherVersionsAreRefused() {
        SimpleVersionedSerializer<FormatSplit> splits =
                InputFormatSource.once(new Nothing(), null).getSplitSerializer();
        assertThatThrownBy(() -> splits.deserialize(9, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("form 9");
    }
}
