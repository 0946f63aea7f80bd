package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenericClassesTest {
    private final JobSerializers strict = new JobSerializers(getClass().getClassLoader(), false);

    @Test
    void refusesADescribedGenericType() {
        assertThatThrownBy(
                        () ->
                                strict.of(
                                        Types.TUPLE(
                                                Types.INT,
                                                Types.LIST(Types.GENERIC(Samples.Money.class)))))
                .hasMessageContaining("PROGRAM_INVALID")
                .hasMessageContaining("Samples$Money")
                .hasMessageContaining("f1<>")
                .hasMessageContaining("pipeline.generic-types");
    }

    @Test
    void refusesAGenericClassThatIsFoundAtRunTime() {
        Serializer<Object> open = strict.of(null);
        assertThatThrownBy(
                        () ->
                                open.write(
                                        Tuple2.of(1, new Samples.Money("CHF", 1)),
                                        new BinaryWriter(16)))
                .hasMessageContaining("Samples$Money")
                .hasMessageContaining("run time");
    }

    @Test
    void takesRecordsEnumsAndCollectionsWithoutADescription() {
        Serializer<Object> open = strict.of(null);
        BinaryWriter out = new BinaryWriter(16);
        open.write(List.of(new Samples.Circle(1), Samples.Colour.RED, Tuple2.of(1, "a")), out);
        assertThat(new BinaryReader(out.toByteArray()).readWhole(open))
                .isEqualTo(List.of(new Samples.Circle(1), Samples.Colour.RED, Tuple2.of(1, "a")));
    }

    @Test
    void takesATypeThatContainsItself() {
        assertThat(strict.of(TypeInformation.of(Samples.Tree.class))).isNotNull();
    }
}
