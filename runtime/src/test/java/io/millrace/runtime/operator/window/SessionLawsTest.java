package io.millrace.runtime.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.api.window.EventTimeTrigger;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.testing.OperatorHarness;
import io.millrace.runtime.testing.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions are what lies together, in whatever order it comes and is merged. */
class SessionLawsTest {
    private static final KeySelector<Event, String> KEY = Event::key;

    private record Stamped(Event event, long timestampMs) {}

    private static List<Object> sessions(
            OperatorCatalogue catalogue, long gapMs, List<Stamped> records) {
        Script script = new Script();
        records.forEach(record -> script.record(record.event, record.timestampMs));
        script.watermark(Long.MAX_VALUE);
        return OperatorHarness.of(
                        new OperatorSpec.WindowSpec(
                                KEY,
                                new TestWindows.Sessions(gapMs, true),
                                EventTimeTrigger.create(),
                                null,
                                new WindowContents.Aggregated(
                                        new TestFunctions.SumUp(),
                                        TypeInformation.of(TestFunctions.Sum.class)),
                                new TestFunctions.Show(),
                                0,
                                null),
                        TypeInformation.of(Event.class),
                        Types.STRING)
                .keyedBy(KEY, Types.STRING)
                .catalogue(catalogue)
                .play(script)
                .records()
                .stream()
                .sorted()
                .toList();
    }

    private static OperatorCatalogue general() {
        return (kind, mode, stored) ->
                kind == OperatorSpec.Kind.SESSION_WINDOW
                        ? WindowOperator.class
                        : new StreamOperators().operatorFor(kind, mode, stored);
    }

    private static List<Stamped> stream(Random random) {
        List<Stamped> records = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            records.add(
                    new Stamped(
                            new Event("key" + i % 2, 1L << i, random.nextInt(1, 12)),
                            random.nextInt(200)));
        }
        return records;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theOrderOfArrivalDoesNotMatter(long seed) {
        Random random = new Random(seed);
        long gapMs = random.nextBoolean() ? 0 : random.nextInt(1, 12); // 0: each record says it
        List<Stamped> records = stream(random);

        List<Object> inOrder = sessions(new StreamOperators(), gapMs, records);
        for (int i = 0; i < 10; i++) {
            Collections.shuffle(records, random);

            assertThat(sessions(new StreamOperators(), gapMs, records)).isEqualTo(inOrder);
            assertThat(sessions(general(), gapMs, records)).isEqualTo(inOrder);
        }
    }

    /** Three sessions become one in two steps: by the first bridge or by the second. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itDoesNotMatterWhichSessionsAreMergedFirst(boolean leftFirst) {
        List<Stamped> records = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            records.add(new Stamped(new Event("a", 1L << i), 20L * i));
        }
        Stamped left = new Stamped(new Event("a", 8), 10);
        Stamped right = new Stamped(new Event("a", 16), 30);
        records.add(leftFirst ? left : right);
        records.add(leftFirst ? right : left);

        for (OperatorCatalogue each : List.of(new StreamOperators(), general())) {
            assertThat(sessions(each, 10, records))
                    .containsExactly("a [0,50) [a 31 of 5] at " + Long.MAX_VALUE);
        }
    }
}
