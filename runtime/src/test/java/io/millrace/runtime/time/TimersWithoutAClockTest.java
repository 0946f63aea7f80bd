package io.millrace.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.time.TimeDomain;
import io.millrace.api.type.Types;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.state.MemorySegments;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Timers where keys come one after another: all time passes at the end of each. */
class TimersWithoutAClockTest {
    private final List<String> fired = new ArrayList<>();
    private Runnable whenOneFires = () -> {};
    private final KeyedTimers timers =
            new KeyedTimers(
                    (domain, timestampMs, key, keyHash, namespace) -> {
                        fired.add(domain + " " + key + "@" + timestampMs);
                        whenOneFires.run();
                    },
                    null,
                    setup());

    private static TimersSetup setup() {
        JobSerializers serializers =
                new JobSerializers(TimersWithoutAClockTest.class.getClassLoader());
        return new TimersSetup(
                "tested",
                "timers",
                serializers.of(Types.STRING),
                null,
                0,
                15,
                16,
                serializers,
                true,
                List.of(),
                new MemorySegments());
    }

    private void register(TimeDomain domain, long timestampMs, String key) {
        timers.register(domain, timestampMs, key, KeyGroups.hash(key), null);
    }

    @Test
    void fireInOrderThoseOfEventTimeFirst() {
        register(TimeDomain.PROCESSING_TIME, 2, "a");
        register(TimeDomain.EVENT_TIME, 7, "a");
        register(TimeDomain.PROCESSING_TIME, 1, "a");
        register(TimeDomain.EVENT_TIME, Long.MAX_VALUE, "a");
        register(TimeDomain.EVENT_TIME, 3, "a");

        timers.fireAll();

        assertThat(fired)
                .containsExactly(
                        "EVENT_TIME a@3",
                        "EVENT_TIME a@7",
                        "EVENT_TIME a@" + Long.MAX_VALUE,
                        "PROCESSING_TIME a@1",
                        "PROCESSING_TIME a@2");
    }

    @Test
    void beginAnewForTheNextKey() {
        whenOneFires = () -> register(TimeDomain.PROCESSING_TIME, 5, "set by one that fired");
        register(TimeDomain.PROCESSING_TIME, 4, "a");
        timers.fireAll();
        register(TimeDomain.PROCESSING_TIME, 3, "b");
        timers.fireAll();

        assertThat(fired).containsExactly("PROCESSING_TIME a@4", "PROCESSING_TIME b@3");
        assertThat(timers.size(TimeDomain.PROCESSING_TIME)).isZero();
    }

    @Test
    void doNotFireWhatEventTimeCannotReachAnyMore() {
        whenOneFires = () -> register(TimeDomain.EVENT_TIME, 5, "too late");
        register(TimeDomain.PROCESSING_TIME, 4, "a");

        timers.fireAll();
        whenOneFires = () -> {};
        timers.fireAll();

        assertThat(fired).containsExactly("PROCESSING_TIME a@4");
    }

    @Test
    void areGoneWhenTheyAreDropped() {
        register(TimeDomain.EVENT_TIME, 1, "a");
        register(TimeDomain.PROCESSING_TIME, 1, "a");

        timers.clear();
        timers.fireAll();

        assertThat(fired).isEmpty();
    }
}
