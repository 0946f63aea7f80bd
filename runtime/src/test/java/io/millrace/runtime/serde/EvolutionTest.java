package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Row;
import io.millrace.api.type.TypeHint;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Data of classes of the past ({@code V1}) is read into those of today ({@code V2}). */
class EvolutionTest {
    private static final ClassLoader LOADER = EvolutionTest.class.getClassLoader();

    enum Level1 {
        LOW,
        HIGH,
        GONE
    }

    enum Level2 {
        NEW,
        HIGH,
        LOW
    }

    /** The classes as they were. */
    interface V1 {
        record Point(int x, float y, Integer z, String removed) {}

        class Bean {
            int count;
            String name;
            List<Point> points = new ArrayList<>();
            Map<String, Integer> sizes;
        }

        record Tree(int value, Tree left, List<Tree> others) {}

        record Holder(Object any, Tuple2<String, Short> pair, Optional<Integer> maybe) {}

        sealed interface Shape {}

        record Circle(int radius) implements Shape {}

        record Square(int side) implements Shape {}

        record Drawing(Shape shape, Level1 level) {}

        record Wide(
                int a,
                int b,
                int c,
                int d,
                int e,
                int f,
                int g,
                int h,
                int i,
                int j,
                int k,
                int l,
                Integer m,
                Integer n,
                Integer o,
                Integer p,
                Integer q,
                Integer r,
                Integer s,
                Integer t,
                Integer u,
                Integer v,
                Integer w,
                Integer x,
                Integer y,
                Integer z,
                Integer aa,
                Integer ab,
                Integer ac,
                Integer ad,
                Integer ae,
                Integer af,
                Integer ag,
                String ah) {}
    }

    /** The classes as they are. */
    interface V2 {
        record Point(String added, double y, long x, Integer z) {}

        class Bean {
            String name;
            List<Point> points;
            Map<String, Long> sizes;
            String added = "by the constructor";
            long count;
        }

        record Tree(List<Tree> others, long value, Tree left) {}

        record Holder(Optional<Long> maybe, Object any, Tuple2<String, Integer> pair) {}

        sealed interface Shape {}

        record Square(long side) implements Shape {}

        record Triangle(int side) implements Shape {}

        record Drawing(Level2 level, Shape shape) {}

        record Wide(String ah, Integer ag, int l, long a) {}
    }

    private static String today(String name) {
        return name.replace("$V1$", "$V2$").replace("Level1", "Level2");
    }

    /** The schema as if the class of the past had the name of today's. */
    static Written renamed(Written w) {
        return switch (w.kind()) {
            case STRUCT -> {
                Written.Struct s = (Written.Struct) w;
                yield new Written.Struct(s.form(), today(s.type()), renamed(s.fields()));
            }
            case ENUM -> {
                Written.EnumOf e = (Written.EnumOf) w;
                yield new Written.EnumOf(today(e.type()), e.constants());
            }
            case UNION -> {
                Written.Union u = (Written.Union) w;
                yield new Written.Union(
                        today(u.type()), u.cases().stream().map(EvolutionTest::renamed).toList());
            }
            case SEQUENCE -> {
                Written.Sequence s = (Written.Sequence) w;
                yield new Written.Sequence(s.form(), renamed(s.element()));
            }
            case MAPPING -> {
                Written.Mapping m = (Written.Mapping) w;
                yield new Written.Mapping(m.form(), renamed(m.key()), renamed(m.value()));
            }
            case ARRAY -> {
                Written.ArrayOf a = (Written.ArrayOf) w;
                yield new Written.ArrayOf(today(a.elementType()), renamed(a.element()));
            }
            case OPTIONAL -> new Written.OptionalOf(renamed(((Written.OptionalOf) w).value()));
            case OPEN -> {
                Written.Open o = (Written.Open) w;
                yield new Written.Open(today(o.type()), renamed(o.exact()));
            }
            default -> w;
        };
    }

    private static List<Written.Field> renamed(List<Written.Field> fields) {
        return fields.stream()
                .map(f -> new Written.Field(f.name(), f.nullable(), renamed(f.written())))
                .toList();
    }

    private static Object evolve(Object value, TypeInformation<?> was, TypeInformation<?> is) {
        Serializer<Object> old = Serializers.of(was, LOADER);
        BinaryWriter out = new BinaryWriter(64);
        out.attach(WriterStructures.selfDescribing());
        old.write(value, out);
        Written written = renamed(WrittenSchema.of(old).root());
        BinaryWriter stored = new BinaryWriter(64);
        WrittenCodec.write(written, stored);
        WrittenSchema read = WrittenSchema.parse(stored.toByteArray());
        assertThat(read.root()).isEqualTo(written);
        Serializer<Object> reader = new JobSerializers(LOADER).readerOf(read, is);
        BinaryReader in = new BinaryReader(out.toByteArray());
        return in.readWhole(reader);
    }

    private static Object evolve(Object value, Class<?> was, Class<?> is) {
        return evolve(value, TypeInformation.of(was), TypeInformation.of(is));
    }

    @Test
    void readsARecordByTheNamesOfItsComponents() {
        assertThat(evolve(new V1.Point(1, 2.5f, null, "x"), V1.Point.class, V2.Point.class))
                .isEqualTo(new V2.Point(null, 2.5, 1, null));
        assertThat(evolve(new V1.Point(1, 2.5f, 7, null), V1.Point.class, V2.Point.class))
                .isEqualTo(new V2.Point(null, 2.5, 1, 7));
    }

    @Test
    void leavesAddedFieldsAsTheConstructorMadeThem() {
        V1.Bean bean = new V1.Bean();
        bean.count = 4;
        bean.points.add(new V1.Point(1, 2, 3, "r"));
        bean.sizes = Map.of("a", 1);
        V2.Bean read = (V2.Bean) evolve(bean, V1.Bean.class, V2.Bean.class);
        assertThat(read.added).isEqualTo("by the constructor");
        assertThat(read.count).isEqualTo(4);
        assertThat(read.name).isNull();
        assertThat(read.points).containsExactly(new V2.Point(null, 2, 1, 3));
        assertThat(read.sizes).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void readsTypesThatContainThemselves() {
        V1.Tree leaf = new V1.Tree(2, null, List.of());
        assertThat(evolve(new V1.Tree(1, leaf, List.of(leaf, leaf)), V1.Tree.class, V2.Tree.class))
                .isEqualTo(
                        new V2.Tree(
                                List.of(
                                        new V2.Tree(List.of(), 2, null),
                                        new V2.Tree(List.of(), 2, null)),
                                1,
                                new V2.Tree(List.of(), 2, null)));
    }

    @Test
    void readsWhatWasFoundAtRunTime() {
        V1.Holder holder =
                new V1.Holder(Tuple2.of("t", 1L), Tuple2.of("a", (short) 3), Optional.of(5));
        assertThat(evolve(holder, V1.Holder.class, V2.Holder.class))
                .isEqualTo(new V2.Holder(Optional.of(5L), Tuple2.of("t", 1L), Tuple2.of("a", 3)));
    }

    @Test
    void skipsMoreFieldsThanOneGroupHas() {
        V1.Wide wide =
                new V1.Wide(
                        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, null, 14, null, 16, null, 18, null,
                        20, null, 22, null, 24, null, 26, null, 28, null, 30, null, 32, 33, "end");
        assertThat(evolve(wide, V1.Wide.class, V2.Wide.class))
                .isEqualTo(new V2.Wide("end", 33, 12, 1));
    }

    @Test
    void findsCasesAndConstantsByName() {
        assertThat(
                        evolve(
                                new V1.Drawing(new V1.Square(3), Level1.HIGH),
                                V1.Drawing.class,
                                V2.Drawing.class))
                .isEqualTo(new V2.Drawing(Level2.HIGH, new V2.Square(3)));
    }

    @Test
    void namesACaseThatIsGone() {
        assertThatThrownBy(
                        () ->
                                evolve(
                                        new V1.Drawing(new V1.Circle(3), Level1.HIGH),
                                        V1.Drawing.class,
                                        V2.Drawing.class))
                .hasMessageContaining("SCHEMA_INCOMPATIBLE")
                .hasMessageContaining("V2$Circle");
    }

    @Test
    void namesAConstantThatIsGone() {
        assertThatThrownBy(
                        () ->
                                evolve(
                                        new V1.Drawing(new V1.Square(3), Level1.GONE),
                                        V1.Drawing.class,
                                        V2.Drawing.class))
                .hasMessageContaining("SCHEMA_INCOMPATIBLE")
                .hasMessageContaining("Level2.GONE");
    }

    @Test
    void namesClassFieldAndBothTypesOfAnIncompatibleChange() {
        assertThatThrownBy(() -> incompatible(Types.ROW(Types.STRING), Types.ROW(Types.LONG)))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE))
                .hasMessageContaining("f0")
                .hasMessageContaining("STRING")
                .hasMessageContaining("LONG");
        assertThatThrownBy(
                        () ->
                                incompatible(
                                        TypeInformation.of(
                                                new TypeHint<
                                                        Samples.Pair<String, List<Long>>>() {}),
                                        TypeInformation.of(
                                                new TypeHint<
                                                        Samples.Pair<String, List<Integer>>>() {})))
                .hasMessageContaining("Samples$Pair")
                .hasMessageContaining("second.[]")
                .hasMessageContaining("LONG")
                .hasMessageContaining("INT");
    }

    private static void incompatible(TypeInformation<?> was, TypeInformation<?> is) {
        new JobSerializers(LOADER).readerOf(WrittenSchema.of(Serializers.of(was, LOADER)), is);
    }

    @Test
    void refusesNullWhereThereIsAPrimitiveNow() {
        Written written =
                new Written.Struct(
                        Schema.Form.RECORD,
                        Samples.Circle.class.getName(),
                        List.of(
                                new Written.Field(
                                        "radius", true, new Written.ScalarOf(Scalar.DOUBLE))));
        Serializer<Object> reader =
                new JobSerializers(LOADER)
                        .readerOf(
                                new WrittenSchema(written),
                                TypeInformation.of(Samples.Circle.class));
        assertThatThrownBy(() -> reader.read(new BinaryReader(new byte[] {0})))
                .hasMessageContaining("SCHEMA_INCOMPATIBLE")
                .hasMessageContaining("Circle.radius");
    }

    @Test
    void readsIntoTheClassesOfTheSameNamesWhereNoTypeIsGiven() {
        Serializer<Object> old = Serializers.of(TypeInformation.of(Samples.Folder.class), LOADER);
        Serializer<Object> reader =
                new JobSerializers(LOADER).readerOf(WrittenSchema.of(old), null);
        Samples.Folder folder = new RandomValues(3).folder(0);
        BinaryWriter out = new BinaryWriter(64);
        old.write(folder, out);
        assertThat(new BinaryReader(out.toByteArray()).readWhole(reader)).isEqualTo(folder);
    }

    @Test
    void skipsAFieldWhoseClassIsGone() {
        Written gone =
                new Written.Struct(
                        Schema.Form.RECORD,
                        "com.example.Gone",
                        List.of(
                                new Written.Field("a", true, new Written.ScalarOf(Scalar.STRING)),
                                new Written.Field("self", true, new Written.Enclosing(0))));
        Written written =
                new Written.RowOf(
                        true,
                        List.of(
                                new Written.Field("gone", true, gone),
                                new Written.Field("kept", true, new Written.ScalarOf(Scalar.INT))));
        BinaryWriter out = new BinaryWriter(64);
        out.writeByte(0); // insert
        out.writeByte(3); // both present
        out.writeByte(3);
        out.writeString("x");
        out.writeByte(1);
        out.writeString("inner");
        out.writeInt(42);
        Serializer<Object> reader =
                new JobSerializers(LOADER)
                        .readerOf(
                                new WrittenSchema(written),
                                Types.ROW_NAMED(new String[] {"kept"}, Types.INT));
        assertThat(new BinaryReader(out.toByteArray()).readWhole(reader)).isEqualTo(Row.of(42));
    }

    @Test
    void refusesAWrittenSchemaOfAnotherVersion() {
        byte[] bytes = WrittenSchema.of(Serializers.of(Types.INT, LOADER)).toBytes();
        bytes[0] = 9;
        assertThatThrownBy(() -> WrittenSchema.parse(bytes))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("version 9");
    }
}
