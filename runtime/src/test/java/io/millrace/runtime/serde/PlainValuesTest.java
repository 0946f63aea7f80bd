package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.serde.PlainValues.Found;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlainValuesTest {
    private static final ClassLoader LOADER = PlainValuesTest.class.getClassLoader();

    static List<GoldenFormsTest.Case> cases() {
        return GoldenFormsTest.cases().toList();
    }

    private static byte[] written(TypeInformation<?> type, Object... values) {
        BinaryWriter out = new BinaryWriter(64);
        out.attach(WriterStructures.selfDescribing());
        for (Object value : values) {
            Serializers.of(type, LOADER).write(value, out);
        }
        return out.toByteArray();
    }

    private static PlainValues plain(TypeInformation<?> type) {
        return PlainValues.of(WrittenSchema.of(Serializers.of(type, LOADER)).root());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsReadWithoutClassesIsWrittenAgainAsItWas(GoldenFormsTest.Case one) {
        byte[] bytes = written(one.type(), one.value());

        Object tree = plain(one.type()).fromBytes(bytes);

        assertThat(plain(one.type()).toBytes(tree)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void referencesToStructuresThatWereDescribedBeforeAreKept(GoldenFormsTest.Case one) {
        byte[] bytes = written(one.type(), one.value(), one.value());
        PlainValues plain = plain(one.type());
        BinaryReader in = new BinaryReader(bytes);
        PlainStructures known = new PlainStructures();
        Object first = plain.read(in, known);
        Object second = plain.read(in, known);

        BinaryWriter out = new BinaryWriter(64);
        PlainStructures announced = new PlainStructures();
        plain.write(first, out, announced);
        plain.write(second, out, announced);

        assertThat(in.remaining()).isZero();
        assertThat(out.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void aRecordIsItsFieldsInOrder() {
        TypeInformation<?> type = TypeInformation.of(Samples.Money.class);

        Object tree = plain(type).fromBytes(written(type, new Samples.Money("CHF", 1250)));

        assertThat((Object[]) tree).contains("CHF");
    }

    @Test
    void aValueFoundAtRunTimeSaysItsForm() {
        byte[] bytes = written(null, "text");

        Object tree = PlainValues.of(new Written.Any()).fromBytes(bytes);

        assertThat(tree).isEqualTo(new Found(new Written.ScalarOf(Scalar.STRING), "text"));
    }

    @Test
    void aTreeOfAnotherFormIsRefused() {
        PlainValues numbers = PlainValues.of(new Written.ScalarOf(Scalar.LONG));

        assertThatThrownBy(() -> numbers.toBytes("text"))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining("java.lang.Long");
    }

    @Test
    void aConstantThatIsNotThereIsRefused() {
        PlainValues colours = PlainValues.of(new Written.EnumOf("Colour", List.of("RED")));

        assertThatThrownBy(() -> colours.toBytes("BLUE"))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("BLUE");
    }
}
