package io.millrace.benchmarks.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.benchmarks.job.Tally;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AnswerTest {
    @Test
    void isFoundAmongWhatElseAProcessSays() throws IOException {
        assertThat(Answer.in("a warning\nANSWER 12 -7\nMEASURED cpuMs=0\n"))
                .isEqualTo(new Answer(12, -7));
    }

    @Test
    void aProcessThatDidNotSayItIsQuoted() {
        assertThatThrownBy(() -> Answer.in("it failed"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it failed");
    }

    @Test
    void eachKeyHasOneSumAndEachRowOnePair() {
        assertThat(RowsAnswer.sums(10_000, 100).count()).isEqualTo(100);
        assertThat(RowsAnswer.pairs(10_000, 100).count()).isEqualTo(10_000);
    }

    @Test
    void aSumIsThatOfItsRows() {
        Tally expected = new Tally();
        expected.add(Rows.ofSum(0, 1 + 2, 3));

        assertThat(RowsAnswer.sums(3, 1).hash()).isEqualTo(expected.hash());
    }

    @Test
    void aRowThatTookMoreThanItWasGivenIsMarked() {
        assertThat(BatchMeasures.memory(1_048_576, 1024)).isEqualTo("1024 of 1024");
        assertThat(BatchMeasures.memory(1_048_577, 1024)).isEqualTo("1025 of 1024: **1 over**");
    }
}
