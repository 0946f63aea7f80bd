package io.millrace.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerQueueTest {
    private record Model(long timestampMs, String key) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void behavesAsASortedSet(long seed) {
        Random random = new Random(seed);
        TimerQueue queue = new TimerQueue();
        Set<Model> model = new LinkedHashSet<>();
        for (int i = 0; i < 20_000; i++) {
            Model timer = new Model(random.nextInt(60), "key" + random.nextInt(20));
            switch (random.nextInt(3)) {
                case 0 ->
                        assertThat(queue.remove(timer.timestampMs(), timer.key()))
                                .isEqualTo(model.remove(timer));
                case 1 ->
                        assertThat(queue.add(timer.timestampMs(), timer.key()))
                                .isEqualTo(model.add(timer));
                default -> {
                    if (!model.isEmpty()) {
                        // Stable: of one time, the one that was registered first.
                        Model first =
                                model.stream()
                                        .sorted(Comparator.comparingLong(Model::timestampMs))
                                        .findFirst()
                                        .orElseThrow();
                        assertThat(queue.firstMs()).isEqualTo(first.timestampMs());
                        TimerQueue.Timer polled = queue.poll();
                        assertThat(polled.key).isEqualTo(first.key());
                        model.remove(first);
                    }
                }
            }
            assertThat(queue.size()).isEqualTo(model.size());
        }
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(new TimerQueue().firstMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(new TimerQueue().isEmpty()).isTrue();
    }
}
