package io.millrace.api.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EvictorsTest {
    @Test
    void keepsTheLastRecordsByCount() {
        assertThat(before(CountEvictor.of(2), at(5, 1, 9, 3))).containsExactly(9L, 3L);
        assertThat(before(CountEvictor.of(9), at(5, 1))).containsExactly(5L, 1L);
    }

    @Test
    void keepsTheLatestRecordsByTime() {
        assertThat(before(TimeEvictor.of(Duration.ofMillis(4)), at(5, 1, 9, 6)))
                .containsExactly(9L, 6L);
    }

    @Test
    void keepsAllRecordsWithoutTimestamps() {
        List<TimestampedValue<Object>> elements = new ArrayList<>();
        elements.add(new TimestampedValue<>("a"));
        elements.add(new TimestampedValue<>("b", 7));

        TimeEvictor<GlobalWindow> evictor = TimeEvictor.of(Duration.ofMillis(1));
        evictor.evictBefore(elements, 2, GlobalWindow.get(), null);

        assertThat(elements).hasSize(2);
    }

    @Test
    void keepsTheRecordsThatDifferLittleFromTheLast() {
        Evictor<Object, GlobalWindow> evictor =
                DeltaEvictor.of(3, (a, b) -> Math.abs((Long) a - (Long) b));

        assertThat(before(evictor, at(5, 1, 9, 6))).containsExactly(5L, 6L);
    }

    @Test
    void evictsOnlyWhenItWasTold() {
        List<TimestampedValue<Object>> elements = at(5, 1, 9);
        CountEvictor<GlobalWindow> after = CountEvictor.of(1, true);

        after.evictBefore(elements, 3, GlobalWindow.get(), null);
        assertThat(elements).hasSize(3);

        after.evictAfter(elements, 3, GlobalWindow.get(), null);
        assertThat(elements).hasSize(1);
    }

    private static List<Object> before(
            Evictor<Object, GlobalWindow> evictor, List<TimestampedValue<Object>> elements) {
        evictor.evictBefore(elements, elements.size(), GlobalWindow.get(), null);
        return elements.stream().map(TimestampedValue::getValue).toList();
    }

    private static List<TimestampedValue<Object>> at(long... times) {
        return new ArrayList<>(
                LongStream.of(times)
                        .mapToObj(time -> new TimestampedValue<Object>(time, time))
                        .toList());
    }
}
