package io.millrace.host.modes;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.stream.DataStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random programs as streams and as batch jobs. */
@Timeout(300)
class ModesTest {
    private static final long LIMIT_MS = Duration.ofMinutes(1).toMillis();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aProgramHasTheSameResultsInEveryMode(long seed) throws Exception {
        Program program = ProgramMaker.make(seed);
        for (Setting setting : Setting.of(seed)) {
            assertThat(Trial.run(program, setting, LIMIT_MS))
                    .as("seed %s, %s\n%s", seed, setting, program)
                    .isEmpty();
        }
    }

    /** Claims a result that the engine does not give. */
    private record Mistaken(Step step) implements Step {
        @Override
        public int inputs() {
            return step.inputs();
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            return step.build(place, inputs);
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return inputs.get(0);
        }
    }

    @Test
    void aWrongResultIsNoticedAndTracedToItsStep() throws Exception {
        Place place = new Place(2, Place.Chaining.ALLOWED);
        SourceStep source =
                new SourceStep(
                        SourceStep.Origin.LIST, SourceStep.Clock.AT_THE_END, 50, 5, 1, 10, 1);
        List<Item> items = source.expected(place, List.of());
        Program program =
                new Program(
                        0,
                        List.of(
                                new Program.Placed(source, place, List.of(), items),
                                new Program.Placed(
                                        new Mistaken(new RecordSteps.Mapped(2, 1, 5)),
                                        place,
                                        List.of(0),
                                        items)),
                        0);

        assertThat(Trial.run(program, Setting.STREAMS.get(0), LIMIT_MS))
                .contains("missing")
                .contains("too much");
        assertThat(Trial.run(program.upTo(0), Setting.STREAMS.get(0), LIMIT_MS)).isEmpty();
    }

    @Test
    void programsOfAFewHundredSeedsTakeEveryStep() {
        List<Class<?>> kinds =
                LongStream.range(0, 300)
                        .mapToObj(ProgramMaker::make)
                        .flatMap(program -> program.steps().stream())
                        .<Class<?>>map(placed -> placed.step().getClass())
                        .distinct()
                        .toList();

        assertThat(kinds).hasSize(26);
        assertThat(IntStream.range(0, 300).mapToObj(Setting::of).flatMap(List::stream).distinct())
                .hasSameSizeAs(Setting.ALL);
    }
}
