package io.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmCodeTest {
    private static final MapFunction<Long, Long> INCREMENT = number -> number + 1;
    private static final MapFunction<Long, Long> DECREMENT = number -> number - 1;
    private static final FilterFunction<Long> ALL = number -> true;

    private final WarmCode warmCode = new WarmCode();

    @Test
    void givesAChainOfTheSameFunctionsTheSameCopies() {
        assertThat(warmCode.copies(List.of(map(INCREMENT)), List.of()))
                .isSameAs(warmCode.copies(List.of(map(INCREMENT)), List.of()));
    }

    @Test
    void givesOtherFunctionsOrderOrEdgesOtherCopies() {
        OperatorSpec filter = new OperatorSpec.FilterSpec(ALL);
        List<Partitioning> keyed = List.of(new Partitioning.ByKey(number -> number));
        assertThat(
                        List.of(
                                warmCode.copies(List.of(map(INCREMENT)), List.of()),
                                warmCode.copies(List.of(map(DECREMENT)), List.of()),
                                warmCode.copies(List.of(map(INCREMENT), filter), List.of()),
                                warmCode.copies(List.of(filter, map(INCREMENT)), List.of()),
                                warmCode.copies(List.of(map(INCREMENT)), keyed)))
                .doesNotHaveDuplicates();
    }

    @Test
    void forgetsTheShapesThatWereUsedLongestAgo() {
        List<OperatorSpec> chain = List.of(map(INCREMENT));
        Object before = warmCode.copies(chain, List.of());
        List<OperatorSpec> longer = new java.util.ArrayList<>(chain);
        for (int i = 0; i < 200; i++) {
            longer.add(map(INCREMENT));
            warmCode.copies(List.copyOf(longer), List.of());
        }
        assertThat(warmCode.copies(chain, List.of())).isNotSameAs(before);
    }

    @Test
    void sharesSerializersWithinAProgramOnly() {
        ClassLoader program = getClass().getClassLoader();
        ClassLoader other = new URLClassLoader(new URL[0], program);
        Object first = warmCode.serializers(program, true);
        assertThat(warmCode.serializers(program, true)).isSameAs(first);
        assertThat(warmCode.serializers(program, false)).isNotSameAs(first);
        assertThat(warmCode.serializers(other, true)).isNotSameAs(first);
    }

    private static OperatorSpec map(MapFunction<Long, Long> function) {
        return new OperatorSpec.MapSpec(function);
    }
}
