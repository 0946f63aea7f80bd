package io.millrace.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.state.MemorySegments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersInCheckpointsTest {
    private static final int KEY_GROUPS = 16;

    private final MemorySegments segments = new MemorySegments();
    private final JobSerializers serializers =
            new JobSerializers(TimersInCheckpointsTest.class.getClassLoader());
    private final List<String> fired = new ArrayList<>();
    private long checkpoints;

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
                                true,
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
            return frozen.writeTo(segments.file("file-" + checkpoints));
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
        FrozenState frozen = timers.freeze(++checkpoints, CheckpointKind.FULL);
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
        KeyedTimers none = timers(Types.LONG, 0, KEY_GROUPS - 1, List.of());

        assertThat(write(none.freeze(1, CheckpointKind.FULL))).isEmpty();
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

    /** One that is complete at once. */
    private List<StatePart> complete(KeyedTimers timers) throws IOException {
        List<StatePart> parts = write(timers.freeze(++checkpoints, CheckpointKind.INCREMENTAL));
        timers.onComplete(checkpoints);
        return parts;
    }

    private KeyedTimers restored(List<StatePart> parts) {
        return timers(Types.LONG, 0, KEY_GROUPS - 1, parts);
    }

    /** Of many keys, one each, so many milliseconds apart. */
    private KeyedTimers many(int count) {
        KeyedTimers timers = restored(List.of());
        for (long key = 0; key < count; key++) {
            timers.register(TimeDomain.EVENT_TIME, key, key, KeyGroups.hash(key), "window");
        }
        return timers;
    }

    /** The timers of some keys move behind all others. */
    private static void move(KeyedTimers timers, long first, long step, long count) {
        for (long key = first; key < count; key += step) {
            int hash = KeyGroups.hash(key);
            timers.delete(TimeDomain.EVENT_TIME, key, key, hash, "window");
            timers.register(TimeDomain.EVENT_TIME, count + key, key, hash, "window");
            timers.register(TimeDomain.EVENT_TIME, 7, key, hash, "passing");
            timers.delete(TimeDomain.EVENT_TIME, 7, key, hash, "passing");
        }
    }

    private static Set<String> all(KeyedTimers timers) {
        Set<String> all = new TreeSet<>();
        for (TimeDomain domain : TimeDomain.values()) {
            timers.forEach(
                    domain,
                    (timestampMs, key, namespace) ->
                            all.add(domain + " " + key + " " + namespace + "@" + timestampMs));
        }
        return all;
    }

    @Test
    void thatHaveNotChangedAreNotWrittenAgain() throws IOException {
        KeyedTimers timers = many(100_000);
        complete(timers);
        long whole = segments.written();
        List<StatePart> last = List.of();
        for (int round = 0; round < 5; round++) {
            move(timers, round, 100, 100_000);
            long before = segments.written();
            last = complete(timers);
            assertThat(segments.written() - before).isLessThan(whole * 3 / 100);
        }

        assertThat(all(restored(last))).isEqualTo(all(timers));
    }

    @Test
    void goOnFromWhatWasRestored() throws IOException {
        List<StatePart> last = complete(many(100_000));
        long whole = segments.written();
        Set<String> expected = Set.of();
        for (int round = 0; round < 5; round++) {
            KeyedTimers timers = restored(last);
            move(timers, round, 100, 100_000);
            long before = segments.written();
            last = complete(timers);
            expected = all(timers);
            assertThat(segments.written() - before).isLessThan(whole * 3 / 100);
        }

        assertThat(all(restored(last))).isEqualTo(expected);
    }

    @Test
    void goOnAtAnotherParallelism() throws IOException {
        KeyedTimers one = many(100_000);
        complete(one);
        move(one, 0, 100, 100_000);
        List<StatePart> parts = complete(one);
        long before = segments.written();

        List<StatePart> halves = new ArrayList<>();
        Set<String> expected = new TreeSet<>();
        for (int[] range : new int[][] {{0, 4}, {5, KEY_GROUPS - 1}}) {
            KeyedTimers half = timers(Types.LONG, range[0], range[1], parts);
            half.onWatermark(99);
            halves.addAll(complete(half));
            expected.addAll(all(half));
        }

        assertThat(segments.written() - before).isLessThan(before / 20);
        assertThat(expected).hasSize(100_000 - 99);
        assertThat(all(restored(halves))).isEqualTo(expected);
    }

    @Test
    void areWrittenWholeWhenManyHaveFired() throws IOException {
        KeyedTimers timers = many(100_000);
        List<StatePart> first = complete(timers);
        timers.onWatermark(59_999);

        List<StatePart> second = complete(timers);

        assertThat(filesOf(second)).isNotEmpty().doesNotContainAnyElementsOf(filesOf(first));
        assertThat(all(restored(second))).hasSize(40_000).isEqualTo(all(timers));
    }

    @Test
    void referToNothingFromBeforeAFullCheckpoint() throws IOException {
        KeyedTimers timers = restored(complete(many(10_000)));
        write(timers.freeze(++checkpoints, CheckpointKind.FULL));
        timers.onComplete(checkpoints);

        List<StatePart> parts = complete(timers);

        assertThat(filesOf(parts)).containsExactly("file-" + checkpoints);
        assertThat(all(restored(parts))).hasSize(10_000);
    }

    @Test
    void goOnFromTheCheckpointBeforeASavepoint() throws IOException {
        KeyedTimers timers = many(100_000);
        Set<String> first = filesOf(complete(timers));
        timers.onWatermark(499);
        List<StatePart> savepoint = write(timers.freeze(++checkpoints, CheckpointKind.SAVEPOINT));
        assertThat(filesOf(savepoint)).doesNotContainAnyElementsOf(first);
        assertThat(all(restored(savepoint))).hasSize(99_500).isEqualTo(all(timers));
        timers.onWatermark(999);

        List<StatePart> second = complete(timers);

        assertThat(filesOf(second))
                .containsAll(first)
                .doesNotContainAnyElementsOf(filesOf(savepoint));
        assertThat(all(restored(second))).hasSize(99_000).isEqualTo(all(timers));
    }

    private static Set<String> filesOf(List<StatePart> parts) {
        Set<String> files = new TreeSet<>();
        for (StatePart part : parts) {
            for (Piece piece : part.pieces()) {
                files.add(((Piece.Stored) piece).segment().file());
            }
        }
        return files;
    }

    /** The same as numbers: of timers that have one namespace. */
    private static Set<Long> numbers(KeyedTimers timers) {
        Set<Long> all = new HashSet<>();
        for (TimeDomain domain : TimeDomain.values()) {
            timers.forEach(
                    domain,
                    (timestampMs, key, namespace) ->
                            all.add(((Long) key << 32) + 2 * timestampMs + domain.ordinal()));
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void areThoseOfTheFreezeWhateverHappens(long seed) throws IOException {
        Random random = new Random(seed);
        int keys = 2 * TimerChanges.LEAST;
        KeyedTimers timers = many(keys);
        Map<Long, FrozenState> open = new TreeMap<>();
        Map<Long, Set<Long>> then = new TreeMap<>();
        Map<Long, CheckpointKind> kinds = new TreeMap<>();
        List<StatePart> last = List.of();
        Set<Long> expected = Set.of();
        long lastId = 0;
        long watermark = 0;
        for (int step = 0; step < 200; step++) {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> {
                    if (open.size() < 3) {
                        CheckpointKind kind =
                                switch (random.nextInt(12)) {
                                    case 0, 1 -> CheckpointKind.FULL;
                                    case 2, 3 -> CheckpointKind.SAVEPOINT;
                                    default -> CheckpointKind.INCREMENTAL;
                                };
                        long id = ++checkpoints;
                        kinds.put(id, kind);
                        then.put(id, numbers(timers));
                        open.put(id, timers.freeze(id, kind));
                    }
                }
                case 3, 4, 5 -> {
                    if (!open.isEmpty()) {
                        long id = List.copyOf(open.keySet()).get(random.nextInt(open.size()));
                        List<StatePart> parts;
                        try (FrozenState frozen = open.remove(id)) {
                            parts = frozen.writeTo(segments.file("file-" + id));
                        }
                        assertThat(numbers(restored(parts)))
                                .as("seed " + seed)
                                .isEqualTo(then.get(id));
                        if (kinds.get(id) == CheckpointKind.SAVEPOINT) {
                            break; // nobody is told of its success
                        }
                        if (random.nextInt(4) == 0 || id < lastId) {
                            timers.onAborted(id);
                        } else {
                            timers.onComplete(id);
                            last = parts;
                            lastId = id;
                            expected = then.get(id);
                        }
                    }
                }
                case 6 -> {
                    if (lastId > 0 && random.nextInt(3) == 0) {
                        open.values().forEach(FrozenState::close);
                        open.clear();
                        timers = restored(last);
                        assertThat(numbers(timers)).as("seed " + seed).isEqualTo(expected);
                    }
                }
                case 7 -> {
                    watermark += random.nextInt(keys / 50);
                    timers.onWatermark(watermark);
                }
                default -> {
                    TimeDomain domain = TimeDomain.values()[random.nextInt(2)];
                    for (int i = 0; i < 50; i++) {
                        long key = random.nextInt(keys);
                        long timestampMs = watermark + random.nextInt(keys);
                        int hash = KeyGroups.hash(key);
                        if (random.nextBoolean()) {
                            timers.register(domain, timestampMs, key, hash, "window");
                        } else {
                            timers.delete(domain, key, key, hash, "window");
                        }
                    }
                }
            }
        }
    }
}
