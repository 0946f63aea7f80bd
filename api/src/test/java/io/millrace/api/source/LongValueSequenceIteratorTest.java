package io.millrace.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class LongValueSequenceIteratorTest {
    private static List<Long> rest(LongValueSequenceIterator iterator) {
        List<Long> numbers = new ArrayList<>();
        while (iterator.hasNext()) {
            numbers.add(iterator.next().getValue());
        }
        return numbers;
    }

    @Test
    void givesBothEndsEvenTheHighestNumber() {
        assertThat(rest(new LongValueSequenceIterator(3, 5))).containsExactly(3L, 4L, 5L);
        assertThat(rest(new LongValueSequenceIterator(Long.MAX_VALUE - 1, Long.MAX_VALUE)))
                .hasSize(2);
    }

    @Test
    void isCutIntoPartsThatGiveAllOfItOnce() {
        for (int parts = 1; parts < 12; parts++) {
            List<Long> all = new ArrayList<>();
            for (LongValueSequenceIterator part :
                    new LongValueSequenceIterator(-3, 3).split(parts)) {
                all.addAll(rest(part));
            }
            assertThat(all).containsExactly(-3L, -2L, -1L, 0L, 1L, 2L, 3L);
        }
        LongValueSequenceIterator[] halves =
                new LongValueSequenceIterator(Long.MIN_VALUE, Long.MAX_VALUE).split(2);
        assertThat(halves[0].getTo()).isEqualTo(-1);
        assertThat(halves[1].getCurrent()).isZero();
    }

    @Test
    void hasAnEndAndABeginning() {
        LongValueSequenceIterator one = new LongValueSequenceIterator(1, 1);
        assertThat(one.getMaximumNumberOfSplits()).isEqualTo(1);
        one.next();
        assertThatThrownBy(one::next).isInstanceOf(NoSuchElementException.class);
        assertThat(one.getMaximumNumberOfSplits()).isZero();
        assertThatThrownBy(() -> new LongValueSequenceIterator(2, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
