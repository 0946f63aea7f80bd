package io.millrace.yarn.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTagTest {
    @Test
    void isFoundAmongTheTagsThatYarnLists() {
        RunTag tag = new RunTag("0000007-W@Load", false);
        assertThat(RunTag.among(List.of("team-a", tag.yarnTag()))).isEqualTo("0000007-w@load");
        assertThat(RunTag.among(List.of("team-a"))).isNull();
    }

    @Test
    void doesNotDistinguishWhatYarnDoesNot() {
        assertThat(new RunTag("Nightly", false).directoryName())
                .isEqualTo(new RunTag("nightly", true).directoryName());
    }

    @Test
    void fitsIntoAYarnTag() {
        assertThat(new RunTag("x".repeat(RunTag.MAX_CHARS), false).yarnTag()).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a,b", " a", "a ", "a\tb", "ü"})
    void isRefusedWhereYarnWouldNotTakeIt(String text) {
        assertThatThrownBy(() -> new RunTag(text, false))
                .hasMessageStartingWith("INVALID_OPTION: the tag '" + text + "'");
    }

    @Test
    void isRefusedWhenItIsTooLong() {
        assertThatThrownBy(() -> new RunTag("x".repeat(RunTag.MAX_CHARS + 1), false))
                .hasMessageContaining("1 to 96");
    }
}
