package io.millrace.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.state.MemorySegments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimersInCheckpointsTest {
    private static final int KEY_GROUPS = 16;

    private final MemorySegments segments = new MemorySegments();
    private final JobSerializers serializers =
            new JobSerializers(TimersInCheckpointsTest.class.getClassLoader());
    private final List<String> fired = new ArrayList<>();

    private KeyedTimers timers(
            TypeInformation<?> keys, int first, int last, List<StatePart> restored) {
        KeyedTimers timers =
                new KeyedTimers(
                        new KeyedTimers.Target() {
                            @Override
                            public void onTimer(
                                    TimeDomain domain,
                                    long timestampMs,
                                    Object key,
                                    int keyHash,
                                    Object namespace) {
                                assertThat(keyHash).isEqualTo(KeyGroups.hash(key));
                                fired.add(domain + " " + key + " " + namespace + "@" + timestampMs);
                            }
                        },
                        new ProcessingTimers(),
                        new TimersSetup(
                                "tested",
                                "timers",
                                serializers.of(keys),
                                serializers.of(null),
                                first,
                                last,
                                KEY_GROUPS,
                                serializers,
                                restored.stream()
                                        .map(part -> new RestoredPart(part, 0, 0, 0))
                                        .toList(),
                                segments));
        timers.restore();
        return timers;
    }

    private static void register(KeyedTimers timers, TimeDomain domain, long number) {
        timers.register(domain, number / 3, number, KeyGroups.hash(number), "window " + number % 2);
    }

    private List<StatePart> write(FrozenState frozen) throws IOException {
        try (frozen) {
            return frozen.writeTo(segments.file("file"));
        }
    }

    private List<StatePart> checkpoint() throws IOException {
        KeyedTimers timers = timers(Types.LONG, 0, KEY_GROUPS - 1, List.of());
        for (long number = 0; number < 20_000; number++) {
            register(
                    timers,
                    number % 5 == 0 ? TimeDomain.PROCESSING_TIME : TimeDomain.EVENT_TIME,
                    number);
        }
        FrozenState frozen = timers.freeze();
        for (long number = 0; number < 40_000; number += 2) {
            register(timers, TimeDomain.EVENT_TIME, number);
        }
        timers.onWatermark(1000);
        fired.clear();
        return write(frozen);
    }

    private static String fired(long number) {
        return (number % 5 == 0 ? TimeDomain.PROCESSING_TIME : TimeDomain.EVENT_TIME)
                + " "
                + number
                + " window "
                + number % 2
                + "@"
                + number / 3;
    }

    @Test
    void areThoseOfTheFreezeAndGoWithTheirKeyGroups() throws IOException {
        List<StatePart> parts = checkpoint();

        for (int[] range : new int[][] {{0, 4}, {5, 5}, {6, KEY_GROUPS - 1}}) {
            KeyedTimers timers = timers(Types.LONG, range[0], range[1], parts);
            timers.onWatermark(Long.MAX_VALUE);
            timers.fireAllOfProcessingTime();
            assertThat(timers.size(TimeDomain.EVENT_TIME)).isZero();
        }

        assertThat(fired)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 20_000)
                                .mapToObj(TimersInCheckpointsTest::fired)
                                .toList());
    }

    @Test
    void leaveNothingWhereThereAreNone() throws IOException {
        assertThat(write(timers(Types.LONG, 0, KEY_GROUPS - 1, List.of()).freeze())).isEmpty();
    }

    @Test
    void areNotReadFromADamagedFile() throws IOException {
        List<StatePart> parts = checkpoint();
        segments.damage(((Piece.Stored) parts.get(0).pieces().get(0)).segment(), 100);

        assertThatThrownBy(() -> timers(Types.LONG, 0, KEY_GROUPS - 1, parts))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT));
    }

    @Test
    void areNotReadWithOtherKeys() throws IOException {
        List<StatePart> parts = checkpoint();

        assertThatThrownBy(() -> timers(Types.STRING, 0, KEY_GROUPS - 1, parts))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE))
                .hasMessageContaining("timers 'timers' of operator tested")
                .hasMessageContaining("LONG")
                .hasMessageContaining("STRING");
    }
}
