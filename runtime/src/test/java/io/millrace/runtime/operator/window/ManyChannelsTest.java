package io.millrace.runtime.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.api.window.EventTimeTrigger;
import io.millrace.api.window.WindowAssigner;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.task.TaskHarness;
import io.millrace.runtime.testing.CollectSink;
import io.millrace.runtime.testing.Graphs;
import io.millrace.runtime.testing.RangeSource;
import io.millrace.runtime.testing.ScriptedExchange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Windows behind several channels, each with a watermark of its own, whose chunks of any size come
 * in any order: time is that of the slowest.
 */
class ManyChannelsTest {
    private static final KeySelector<Event, String> KEY = Event::key;
    private static final OutputTag<Event> LATE =
            new OutputTag<>("late", TypeInformation.of(Event.class));
    private static final int CHANNELS = 3;
    private static final int WINDOW = 2;

    private final ScriptedExchange exchange = new ScriptedExchange(false);
    private TaskHarness task;

    private void start(WindowAssigner<?, ?> assigner, long latenessMs) {
        Partitioning keyed = new Partitioning.ByKey(KEY);
        Partitioning forward = new Partitioning.Plain(Partitioning.Kind.FORWARD);
        StreamGraph graph =
                Graphs.in(ExecutionMode.STREAMING)
                        .parallelism(CHANNELS)
                        .node(
                                "sources",
                                new OperatorSpec.SourceSpec(
                                        new RangeSource<>(0, number -> number),
                                        WatermarkStrategy.noWatermarks()),
                                TypeInformation.of(Event.class))
                        .parallelism(1)
                        .node(
                                "windows",
                                new OperatorSpec.WindowSpec(
                                        KEY,
                                        assigner,
                                        EventTimeTrigger.create(),
                                        null,
                                        new WindowContents.Aggregated(
                                                new TestFunctions.SumUp(),
                                                TypeInformation.of(TestFunctions.Sum.class)),
                                        new TestFunctions.Show(),
                                        latenessMs,
                                        LATE),
                                Types.STRING,
                                "default",
                                StreamNode.Chaining.NEVER,
                                new Keying(Arrays.asList(KEY, null), Types.STRING))
                        .node("results", sink(), null, "default", StreamNode.Chaining.NEVER)
                        .node("late", sink(), null, "default", StreamNode.Chaining.NEVER)
                        .edge(1, WINDOW, keyed)
                        .edge(WINDOW, 3, forward)
                        .edge(WINDOW, 4, 0, LATE, forward)
                        .build();
        task =
                new TaskHarness(
                        graph,
                        WINDOW,
                        new StreamOperators(),
                        exchange,
                        Path.of("unused-directory"));
        task.turnUntilIdle();
    }

    private static OperatorSpec sink() {
        return new OperatorSpec.SinkSpec(new CollectSink<>());
    }

    private List<Object> written(int vertex) {
        return exchange.records(task.graph().inputsOf(vertex).get(0).id(), 0);
    }

    /** What one producer does, in order. */
    private sealed interface Step {
        record Records(List<Event> events, List<Long> timestampsMs) implements Step {}

        record Time(long watermarkMs) implements Step {}
    }

    private static List<Step> steps(Random random, int producer) {
        List<Step> steps = new ArrayList<>();
        long now = random.nextInt(20);
        for (int i = 0; i < 12; i++) {
            List<Event> events = new ArrayList<>();
            List<Long> times = new ArrayList<>();
            for (int each = random.nextInt(1, 6); each > 0; each--) {
                now += random.nextInt(5);
                long id = 1000L * producer + 10L * i + each;
                events.add(new Event("key" + random.nextInt(4), id, 1));
                times.add(now - random.nextInt(30));
            }
            steps.add(new Step.Records(events, times));
            if (random.nextBoolean()) {
                steps.add(new Step.Time(now - random.nextInt(20)));
            }
        }
        steps.add(new Step.Time(Long.MAX_VALUE));
        return steps;
    }

    private void feed(int channel, Step step) {
        int edge = task.graph().inputsOf(WINDOW).get(0).id();
        if (step instanceof Step.Time time) {
            exchange.feed(edge, channel, new ControlEvent.Watermark(time.watermarkMs));
        } else if (step instanceof Step.Records records) {
            RecordChunk chunk = new RecordChunk(true);
            for (int i = 0; i < records.events.size(); i++) {
                Event event = records.events.get(i);
                chunk.add(event, records.timestampsMs.get(i), KeyGroups.hash(event.key()));
            }
            exchange.feed(edge, channel, chunk);
        }
        task.turnUntilIdle();
    }

    private static Object shown(WindowOracle.Firing firing, long watermarkMs) {
        long sum = firing.events().stream().mapToLong(Event::id).sum();
        return firing.key()
                + " ["
                + firing.window().getStart()
                + ","
                + firing.window().getEnd()
                + ") ["
                + firing.key()
                + " "
                + sum
                + " of "
                + firing.events().size()
                + "] at "
                + watermarkMs;
    }

    private void compare(long seed, Function<Random, WindowAssigner<Object, ?>> maker) {
        Random random = new Random(seed);
        WindowAssigner<Object, ?> assigner = maker.apply(random);
        long latenessMs = random.nextInt(3) * 10L;
        List<List<Step>> producers = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            producers.add(new ArrayList<>(steps(random, i)));
        }
        WindowOracle oracle =
                new WindowOracle(
                        assigner instanceof TestWindows.Regular regular ? regular : null,
                        assigner instanceof TestWindows.Sessions sessions ? sessions : null,
                        latenessMs,
                        ManyChannelsTest::shown);
        long[] watermarks = new long[CHANNELS];
        Arrays.fill(watermarks, Long.MIN_VALUE);
        long lowest = Long.MIN_VALUE;
        int seen = 0;
        start(assigner, latenessMs);

        while (producers.stream().anyMatch(left -> !left.isEmpty())) {
            int channel = random.nextInt(CHANNELS);
            if (producers.get(channel).isEmpty()) {
                continue;
            }
            Step step = producers.get(channel).remove(0);
            List<String> expected = new ArrayList<>();
            if (step instanceof Step.Records records) {
                for (int i = 0; i < records.events.size(); i++) {
                    oracle.record(records.events.get(i), records.timestampsMs.get(i))
                            .forEach(result -> expected.add(result.toString()));
                }
            } else if (step instanceof Step.Time time) {
                watermarks[channel] = Math.max(watermarks[channel], time.watermarkMs);
                long now = Arrays.stream(watermarks).min().getAsLong();
                if (now > lowest) {
                    lowest = now;
                    oracle.watermark(now).forEach(result -> expected.add(result.toString()));
                }
            }
            feed(channel, step);

            List<Object> all = written(3);
            assertThat(all.subList(seen, all.size()).stream().map(Object::toString).sorted())
                    .as("seed %d, %s on channel %d", seed, step, channel)
                    .containsExactlyElementsOf(expected.stream().sorted().toList());
            seen = all.size();
        }
        assertThat(written(4)).isEqualTo(oracle.late());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void tumblingWindowsFollowTheSlowestChannel(long seed) {
        compare(seed, random -> new TestWindows.Regular(20, 20, random.nextInt(20), true));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void slidingWindowsFollowTheSlowestChannel(long seed) {
        compare(seed, random -> new TestWindows.Regular(25, random.nextInt(4, 12), 3, true));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void sessionsFollowTheSlowestChannel(long seed) {
        compare(seed, random -> new TestWindows.Sessions(random.nextInt(1, 12), true));
    }
}
