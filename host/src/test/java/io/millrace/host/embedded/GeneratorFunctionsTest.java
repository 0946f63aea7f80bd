package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.connector.datagen.function.DataGenerator;
import io.millrace.connector.datagen.function.DataGeneratorSource;
import io.millrace.connector.datagen.function.RandomGenerator;
import io.millrace.connector.datagen.function.SequenceGenerator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The older source of generated records, in programs on the embedded cluster. */
@Timeout(60)
@SuppressWarnings("deprecation")
class GeneratorFunctionsTest {
    private static <T> List<T> made(DataGenerator<T> generator, Long rows, TypeInformation<T> type)
            throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        return env.addSource(new DataGeneratorSource<>(generator, 1_000_000, rows), type)
                .executeAndCollect(1_000);
    }

    @Test
    void eachNumberOfASequenceIsMadeOnceWhateverTheParallelism() throws Exception {
        assertThat(made(SequenceGenerator.intGenerator(-2, 4), null, Types.INT))
                .containsExactlyInAnyOrder(-2, -1, 0, 1, 2, 3, 4);
        assertThat(made(SequenceGenerator.stringGenerator(8, 9), null, Types.STRING))
                .containsExactlyInAnyOrder("8", "9");
        assertThat(made(SequenceGenerator.bigDecimalGenerator(1, 2, 5, 2), null, Types.BIG_DEC))
                .containsExactlyInAnyOrder(new BigDecimal("1.00"), new BigDecimal("2.00"));
        assertThat(made(SequenceGenerator.byteGenerator((byte) 127, (byte) 127), null, Types.BYTE))
                .containsExactly((byte) 127);
    }

    @Test
    void randomValuesStayInTheirRanges() throws Exception {
        assertThat(made(RandomGenerator.longGenerator(3, 5), 101L, Types.LONG))
                .hasSize(101)
                .allMatch(number -> number >= 3 && number <= 5)
                .contains(3L, 4L, 5L);
        assertThat(
                        made(
                                RandomGenerator.longGenerator(Long.MAX_VALUE, Long.MAX_VALUE),
                                2L,
                                Types.LONG))
                .containsOnly(Long.MAX_VALUE);
        assertThat(made(RandomGenerator.doubleGenerator(-1, 1), 50L, Types.DOUBLE))
                .allMatch(number -> number >= -1 && number <= 1);
        assertThat(made(RandomGenerator.stringGenerator(7), 50L, Types.STRING))
                .allMatch(text -> text.matches("[0-9a-f]{7}"));
        assertThat(made(RandomGenerator.stringGenerator(7).withVarLen(true), 50L, Types.STRING))
                .allMatch(text -> text.matches("[0-9a-f]{1,7}"));
    }

    @Test
    void makesArraysAndMapsOfOthers() throws Exception {
        assertThat(
                        made(
                                RandomGenerator.arrayGenerator(
                                        RandomGenerator.intGenerator(1, 1), 3),
                                2L,
                                Types.OBJECT_ARRAY(Types.INT)))
                .hasSize(2)
                .allSatisfy(array -> assertThat(array).containsExactly(1, 1, 1));
        assertThat(
                        made(
                                RandomGenerator.mapGenerator(
                                        RandomGenerator.intGenerator(1, 1),
                                        RandomGenerator.booleanGenerator(),
                                        5),
                                2L,
                                Types.MAP(Types.INT, Types.BOOLEAN)))
                .hasSize(2)
                .allSatisfy((Map<Integer, Boolean> map) -> assertThat(map).containsOnlyKeys(1));
    }

    @Test
    void nullsAreLeftOutByTheSource() throws Exception {
        assertThat(made(RandomGenerator.intGenerator(1, 9).withNullRate(1), 20L, Types.INT))
                .isEmpty();
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> RandomGenerator.intGenerator(2, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RandomGenerator.stringGenerator(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RandomGenerator.booleanGenerator().withNullRate(1.5f))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SequenceGenerator.longGenerator(2, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new DataGeneratorSource<>(
                                        RandomGenerator.booleanGenerator(), 0, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                made(
                                        SequenceGenerator.longGenerator(0, Long.MAX_VALUE),
                                        null,
                                        Types.LONG))
                .hasStackTraceContaining("fromSequence");
    }
}
