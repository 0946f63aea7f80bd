package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceTallyTest {
    private static final int RECORDS = 10;
    private static final int KEYS = 3;

    private final SequenceTally tally = new SequenceTally(RECORDS, KEYS);

    @Test
    void isExactIfEachLineCameOnceInAnyOrder() {
        for (int i = RECORDS - 1; i >= 0; i--) {
            tally.add(SequenceTally.line(i, KEYS));
        }
        assertThat(tally.isExact()).isTrue();
        assertThat(tally).hasToString("read 10, lost 0, doubled 0, gaps 0");
    }

    @Test
    void countsWhatIsLostAndWhatIsDoubled() {
        for (int i = 0; i < RECORDS; i++) {
            if (i != 4) {
                tally.add(SequenceTally.line(i, KEYS));
            }
        }
        tally.add("2,1");
        assertThat(tally.isExact()).isFalse();
        assertThat(tally.lost()).isEqualTo(1);
        assertThat(tally.doubled()).isEqualTo(1);
        assertThat(tally.toString()).contains("first missing 1,1").contains("wrong line: 2,1");
    }

    @Test
    void countsLinesThatNoRecordHas() {
        tally.add("GAP Numbered[key=1, number=7] where 5 was next");
        tally.add("1,99");
        tally.add("7,0");
        assertThat(tally.gaps()).isEqualTo(3);
        assertThat(tally.distinct()).isZero();
    }
}
