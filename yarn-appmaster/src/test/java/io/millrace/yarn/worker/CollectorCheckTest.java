package io.millrace.yarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectorCheckTest {
    @Test
    void saysWhichJavaHasNoCollectorOfShortPausesAndWhatToDo() {
        assertThat(
                        CollectorCheck.warning(
                                List.of("G1 Young Generation", "G1 Old Generation"),
                                "Oracle Corporation",
                                "/opt/jdk"))
                .hasValueSatisfying(
                        text ->
                                assertThat(text)
                                        .contains("/opt/jdk, of Oracle Corporation")
                                        .contains("G1 Young Generation")
                                        .contains("'yarn.java-home'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shenandoah Pauses", "ZGC Pauses"})
    void hasNothingToSayOfTheOthers(String bean) {
        assertThat(CollectorCheck.warning(List.of("x", bean), "V", "/opt")).isEmpty();
    }
}
