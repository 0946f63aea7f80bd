package io.millrace.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class NumberSequenceIteratorTest {
    @Test
    void partsHaveEveryNumberOnceInOrder() {
        for (int size = 0; size < 40; size++) {
            for (int parts = 1; parts < 12; parts++) {
                List<Long> numbers = new ArrayList<>();
                for (NumberSequenceIterator part :
                        new NumberSequenceIterator(5, 4 + size).split(parts)) {
                    part.forEachRemaining(numbers::add);
                }
                assertThat(numbers).hasSize(size).isSorted().doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void endsWithTheHighestLong() {
        NumberSequenceIterator numbers =
                new NumberSequenceIterator(Long.MAX_VALUE - 1, Long.MAX_VALUE);
        assertThat(numbers.next()).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(numbers.next()).isEqualTo(Long.MAX_VALUE);
        assertThat(numbers.hasNext()).isFalse();
        assertThatThrownBy(numbers::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aSplitGoesOnWhereItsIteratorStands() {
        NumberSequenceSource.NumberSequenceSplit split =
                new NumberSequenceSource.NumberSequenceSplit("1", 3, 9);
        NumberSequenceIterator numbers = split.getIterator();
        numbers.next();
        numbers.next();
        assertThat(split.getUpdatedSplitForIterator(numbers))
                .isEqualTo(new NumberSequenceSource.NumberSequenceSplit("1", 5, 9));
    }
}
