package io.millrace.runtime.state.user;

import static io.millrace.runtime.state.BackendHarness.setKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.state.StateTtlConfig;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.state.BackendHarness;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.heap.HeapBackendProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiringStateTest {
    @TempDir Path directory;

    private final JobSerializers serializers =
            new JobSerializers(ExpiringStateTest.class.getClassLoader());
    private BackendHarness harness;
    private KeyedBackend backend;
    private long nowMs = 1_000_000;

    @BeforeEach
    void makeBackend() throws Exception {
        harness = new BackendHarness(new HeapBackendProvider(), directory);
        backend = harness.backend(Types.LONG);
        setKey(backend, 1L);
    }

    private UserStates states() {
        return new UserStates("tested", "heap", () -> backend, serializers, () -> nowMs);
    }

    private static StateTtlConfig.Builder tenSeconds() {
        return StateTtlConfig.newBuilder(Duration.ofSeconds(10)).disableCleanupInBackground();
    }

    private static <D extends StateDescriptor<?, ?>> D with(D descriptor, StateTtlConfig config) {
        descriptor.enableTimeToLive(config);
        return descriptor;
    }

    private ValueState<String> value(StateTtlConfig config) {
        return states().getState(with(new ValueStateDescriptor<>("v", Types.STRING), config));
    }

    private static <T> List<T> listOf(Iterable<T> values) {
        List<T> list = new ArrayList<>();
        values.forEach(list::add);
        return list;
    }

    @Test
    void goesWhenItsTimeIsOver() throws Exception {
        ValueState<String> state = value(tenSeconds().build());
        state.update("a");
        nowMs += 9_999;
        assertThat(state.value()).isEqualTo("a");
        nowMs += 1;

        assertThat(state.value()).isNull();
        assertThat(backend.entries()).isZero();
    }

    @Test
    void livesOnWhenItIsWritten() throws Exception {
        ValueState<String> state = value(tenSeconds().build());
        state.update("a");
        nowMs += 9_000;
        state.update("b");
        nowMs += 9_000;

        assertThat(state.value()).isEqualTo("b");
    }

    @Test
    void livesOnWhenItIsReadIfThatIsAskedFor() throws Exception {
        ValueState<String> state = value(tenSeconds().updateTtlOnReadAndWrite().build());
        state.update("a");
        for (int i = 0; i < 5; i++) {
            nowMs += 9_000;
            assertThat(state.value()).isEqualTo("a");
        }
        nowMs += 10_000;

        assertThat(state.value()).isNull();
    }

    @Test
    void isShownOnceMoreIfThatIsAskedFor() throws Exception {
        ValueState<String> state = value(tenSeconds().returnExpiredIfNotCleanedUp().build());
        state.update("a");
        nowMs += 20_000;

        assertThat(state.value()).isEqualTo("a");
        assertThat(state.value()).isNull();
    }

    @Test
    void ofAListGoesElementByElement() throws Exception {
        ListState<String> state =
                states().getListState(
                                with(
                                        new ListStateDescriptor<>("l", Types.STRING),
                                        tenSeconds().build()));
        state.add("a");
        nowMs += 6_000;
        state.addAll(List.of("b", "c"));
        assertThat(listOf(state.get())).containsExactly("a", "b", "c");
        nowMs += 6_000;

        assertThat(listOf(state.get())).containsExactly("b", "c");
        nowMs += 6_000;
        assertThat(listOf(state.get())).isEmpty();
        assertThat(backend.entries()).isZero();
    }

    @Test
    void ofAMapGoesEntryByEntry() throws Exception {
        MapState<String, Long> state =
                states().getMapState(
                                with(
                                        new MapStateDescriptor<>("m", Types.STRING, Types.LONG),
                                        tenSeconds().build()));
        state.put("a", 1L);
        state.put("none", null);
        nowMs += 6_000;
        state.put("b", 2L);
        assertThat(state.contains("none")).isTrue();
        assertThat(state.get("none")).isNull();
        assertThat(listOf(state.keys())).containsExactlyInAnyOrder("a", "b", "none");
        nowMs += 6_000;

        assertThat(state.get("a")).isNull();
        assertThat(state.contains("none")).isFalse();
        assertThat(listOf(state.values())).containsExactly(2L);
        nowMs += 6_000;
        assertThat(state.isEmpty()).isTrue();
        assertThat(backend.entries()).isZero();
    }

    @Test
    void ofAReduceBeginsAnew() throws Exception {
        ReducingState<Long> state =
                states().getReducingState(
                                with(
                                        new ReducingStateDescriptor<>("r", Long::sum, Types.LONG),
                                        tenSeconds().build()));
        state.add(1L);
        state.add(2L);
        assertThat(state.get()).isEqualTo(3L);
        nowMs += 10_000;
        state.add(5L);

        assertThat(state.get()).isEqualTo(5L);
    }

    @Test
    void ofKeysThatNobodyUsesGoesBitByBit() throws Exception {
        ValueState<String> state =
                value(
                        StateTtlConfig.newBuilder(Duration.ofSeconds(10))
                                .cleanupIncrementally(10, false)
                                .build());
        for (long key = 0; key < 1000; key++) {
            setKey(backend, key);
            state.update("a");
        }
        nowMs += 20_000;
        for (int i = 0; i < 2000; i++) {
            setKey(backend, 5000L);
            state.update("b");
        }

        assertThat(backend.entries()).isEqualTo(1);
        assertThat(state.value()).isEqualTo("b");
    }

    @Test
    void ofKeysThatNobodyUsesGoesAlsoWithEveryRecord() throws Exception {
        ValueState<String> state =
                value(
                        StateTtlConfig.newBuilder(Duration.ofSeconds(10))
                                .cleanupIncrementally(10, true)
                                .build());
        for (long key = 0; key < 1000; key++) {
            setKey(backend, key);
            state.update("a");
        }
        nowMs += 20_000;
        for (int i = 0; i < 2000; i++) {
            setKey(backend, 5000L);
        }

        assertThat(backend.entries()).isZero();
    }

    @Test
    void isLeftOutOfFullCheckpointsIfThatIsAskedFor() throws Exception {
        StateTtlConfig config = tenSeconds().cleanupFullSnapshot().build();
        ValueState<String> state = value(config);
        for (long key = 0; key < 100; key++) {
            setKey(backend, key);
            state.update("a");
            nowMs += 100;
        }
        nowMs += 5_000;
        List<StatePart> full = harness.checkpoint(backend, CheckpointKind.FULL);
        List<StatePart> incremental = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);

        backend = harness.restored(Types.LONG, full);
        value(config);
        assertThat(backend.entries()).isEqualTo(49);
        backend = harness.restored(Types.LONG, incremental);
        value(config);
        assertThat(backend.entries()).isEqualTo(100);
    }

    @Test
    void keepsItsTimeOverARestore() throws Exception {
        ValueState<String> state = value(tenSeconds().build());
        state.update("a");
        nowMs += 6_000;
        backend =
                harness.restored(
                        Types.LONG, harness.checkpoint(backend, CheckpointKind.INCREMENTAL));
        setKey(backend, 1L);
        ValueState<String> again = value(tenSeconds().build());

        assertThat(again.value()).isEqualTo("a");
        nowMs += 6_000;
        assertThat(again.value()).isNull();
    }
}
