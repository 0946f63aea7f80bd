package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.tuple.Tuple2;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunTimeTypesTest {
    private static final ClassLoader LOADER = RunTimeTypesTest.class.getClassLoader();

    private final Serializer<Object> serializer = Serializers.of(null, LOADER);

    private List<Object> trip(List<?> values) {
        BinaryWriter out = new BinaryWriter(16);
        values.forEach(value -> serializer.write(value, out));
        BinaryReader in = new BinaryReader(out.toByteArray());
        Serializer<Object> peer = Serializers.of(null, LOADER);
        List<Object> read = new ArrayList<>();
        while (in.remaining() > 0) {
            read.add(peer.read(in));
        }
        return read;
    }

    @Test
    void classesMayMix() {
        List<Object> values =
                Arrays.asList(
                        "a",
                        1,
                        null,
                        2L,
                        new Samples.Circle(1),
                        "b",
                        Samples.Colour.GREEN,
                        LocalDate.EPOCH,
                        List.of(1, "x"),
                        Map.of("k", 2.0),
                        new Samples.Circle(2));

        assertThat(trip(values)).isEqualTo(values);
    }

    @Test
    void theFieldsOfATupleMayChangeTheirClassesBetweenRecords() {
        List<Object> values = new ArrayList<>();
        List<Object> fields =
                Arrays.asList(
                        "a",
                        1,
                        null,
                        2.5,
                        new Samples.Square(3),
                        Tuple2.of("x", 1),
                        Tuple2.of(1, "x"),
                        Samples.Colour.RED,
                        List.of("l"));
        for (Object first : fields) {
            for (Object second : fields) {
                values.add(Tuple2.of(first, second));
            }
        }

        assertThat(trip(values)).isEqualTo(values);
    }

    @Test
    void aTupleWhoseFieldsStayTheSameCostsOneByteMoreThanWithItsTypeKnown() {
        BinaryWriter out = new BinaryWriter(16);
        serializer.write(Tuple2.of("word", 1), out);
        int first = out.size();
        serializer.write(Tuple2.of("next", 2), out);

        int idBits = 2 + (1 + 4) + 4;
        assertThat(out.size() - first).isEqualTo(idBits);
    }

    @Test
    void aSubclassKeepsItsOwnFields() {
        Samples.ColouredBean bean = new Samples.ColouredBean();
        bean.colour = Samples.Colour.RED;
        bean.name = "inner";
        ((Samples.Bean) bean).name = "outer";

        assertThat(trip(List.of(bean, new Samples.Bean("b", 1, null))))
                .isEqualTo(List.of(bean, new Samples.Bean("b", 1, null)));
    }

    @Test
    void anUnknownStructureIsCorrupt() {
        BinaryWriter out = new BinaryWriter(16);
        out.writeVarInt(AnySerializer.FIRST_STRUCTURE + 3);

        assertThatThrownBy(() -> serializer.read(new BinaryReader(out.toByteArray())))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("structure 3, but only 0 are known");
    }

    @Test
    void aClassThatThePeerDoesNotHaveIsNamed() {
        BinaryWriter out = new BinaryWriter(16);
        serializer.write(new Samples.Circle(1), out);
        ClassLoader without =
                new ClassLoader(null) {
                    @Override
                    public String toString() {
                        return "empty";
                    }
                };

        assertThatThrownBy(
                        () ->
                                Serializers.of(null, without)
                                        .read(new BinaryReader(out.toByteArray())))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("Samples$Circle");
    }

    @Test
    void anotherVersionOfAClassIsNamed() {
        BinaryWriter out = new BinaryWriter(16);
        serializer.write(new Samples.Circle(1), out);
        byte[] bytes = out.toByteArray();
        int hashAt = 1 + 1 + 1 + Samples.Circle.class.getName().length();
        bytes[hashAt] ^= 1;

        assertThatThrownBy(() -> serializer.read(new BinaryReader(bytes)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("another version of " + Samples.Circle.class.getName());
    }

    @Test
    void aPeerCannotMakeObjectsOfJavasOwnClasses() {
        BinaryWriter out = new BinaryWriter(16);
        out.writeVarInt(AnySerializer.FIRST_STRUCTURE);
        out.writeByte(2); // a class by name
        out.writeString("java.lang.Thread");
        out.writeInt(0);

        assertThatThrownBy(() -> serializer.read(new BinaryReader(out.toByteArray())))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    void bytesThatNestWithoutEndAreCorrupt() {
        BinaryWriter out = new BinaryWriter(16);
        out.writeVarInt(AnySerializer.FIRST_STRUCTURE);
        out.writeByte(3); // a sequence
        out.writeByte(0);
        for (int i = 0; i < 100_000; i++) {
            out.writeVarInt(1 << 1);
            out.writeVarInt(AnySerializer.FIRST_STRUCTURE);
        }

        assertThatThrownBy(() -> serializer.read(new BinaryReader(out.toByteArray())))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("nested deeper than 500");
    }
}
