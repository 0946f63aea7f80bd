package io.millrace.api.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.function.MapFunction;
import io.millrace.api.serialization.MemorySegment;
import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TypeInfosTest {
    public static class Pojo {
        public int a;
        public String b;
        public Tuple2<Long, String[]> t;
        public List<String> l;
    }

    private static final CompositeType<?> POJO = (CompositeType<?>) Types.POJO(Pojo.class);
    private static final CompositeType<?> TUPLE =
            (CompositeType<?>)
                    Types.TUPLE(
                            Types.INT,
                            Types.TUPLE(Types.LONG, Types.POJO(Pojo.class)),
                            Types.LIST(Types.INT));
    private static final CompositeType<Row> ROW =
            (CompositeType<Row>)
                    Types.ROW_NAMED(
                            new String[] {"a", "b"}, Types.INT, Types.TUPLE(Types.INT, Types.LONG));

    @Test
    void countsFieldsFlat() {
        assertThat(TUPLE.getArity()).isEqualTo(3);
        assertThat(TUPLE.getTotalFields()).isEqualTo(8);
        assertThat(Types.LIST(Types.INT).getArity()).isZero();
        assertThat(Types.LIST(Types.INT).getTotalFields()).isEqualTo(1);
    }

    @Test
    void findsFlatFieldsByExpression() {
        assertThat(positions(POJO, "*")).containsExactly(0, 1, 2, 3, 4);
        assertThat(positions(POJO, "t")).containsExactly(3, 4);
        assertThat(positions(POJO, "t.*")).containsExactly(3, 4);
        assertThat(positions(POJO, "t.1")).containsExactly(4);
        assertThat(positions(TUPLE, "_")).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(positions(TUPLE, "1.1.a")).containsExactly(2);
        assertThat(positions(TUPLE, "f1.f1.t.f1")).containsExactly(6);
        assertThat(positions(ROW, "b.f1")).containsExactly(2);
        assertThat(positions(ROW, "1.0")).containsExactly(1);
    }

    private static List<Integer> positions(CompositeType<?> type, String expression) {
        return type.getFlatFields(expression).stream()
                .map(CompositeType.FlatFieldDescriptor::getPosition)
                .toList();
    }

    @Test
    void namesThePojoFieldsOfAWildcard() {
        assertThat(POJO.getFlatFields("*").get(0))
                .hasToString("NamedFlatFieldDescriptor [name=a position=0 typeInfo=Integer]");
        assertThat(POJO.getFlatFields("a").get(0))
                .hasToString("FlatFieldDescriptor [position=0 typeInfo=Integer]");
    }

    @Test
    void findsTheTypeAtAPath() {
        assertThat((Object) POJO.getTypeAt("t.f0")).isEqualTo(Types.LONG);
        assertThat((Object) TUPLE.getTypeAt("1.1.a")).isEqualTo(Types.INT);
        assertThat((Object) ROW.getTypeAt("b")).isEqualTo(Types.TUPLE(Types.INT, Types.LONG));
    }

    @Test
    void refusesPathsThatLeadNowhere() {
        for (String path : List.of("zzz", "t.f0.x", "a.*", "", "t.", "*")) {
            assertThatThrownBy(() -> POJO.getTypeAt(path))
                    .isInstanceOf(CompositeType.InvalidFieldReferenceException.class);
        }
        for (String path : List.of("f3", "5", "99999999999")) {
            assertThatThrownBy(() -> TUPLE.getFlatFields(path))
                    .isInstanceOf(CompositeType.InvalidFieldReferenceException.class);
        }
        assertThatThrownBy(() -> TUPLE.getTypeAt(9)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void printsAsProgramsKnowIt() {
        assertThat(Types.TUPLE(Types.INT, Types.STRING))
                .hasToString("Java Tuple2<Integer, String>");
        assertThat(ROW).hasToString("Row(a: Integer, b: Java Tuple2<Integer, Long>)");
        assertThat(Types.EITHER(Types.INT, Types.STRING)).hasToString("Either <Integer, String>");
        assertThat(TypeInformation.of(String[].class)).hasToString("BasicArrayTypeInfo<String>");
        assertThat(new MultisetTypeInfo<>(String.class)).hasToString("Multiset<String>");
        assertThat(new NullableMapTypeInfo<>(Integer.class, Long.class))
                .hasToString("NullableMap<Integer, Long>");
        assertThat(Types.GENERIC(Random.class)).hasToString("GenericType<java.util.Random>");
        assertThat(Types.POJO(Pojo.class).toString())
                .startsWith("PojoType<" + Pojo.class.getName() + ", fields = [a: Integer, ");
    }

    @Test
    void rowTypesAreEqualByTheirTypesAlone() {
        RowTypeInfo one = new RowTypeInfo(Types.INT);
        RowTypeInfo other =
                new RowTypeInfo(new TypeInformation<?>[] {Types.INT}, new String[] {"q"});
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.schemaEquals(other)).isFalse();
        assertThat(RowTypeInfo.projectFields((RowTypeInfo) (Object) ROW, new int[] {1}))
                .hasToString("Row(b: Java Tuple2<Integer, Long>)");
        assertThatThrownBy(() -> Types.ROW_NAMED(new String[] {"q", "q"}, Types.INT, Types.INT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unique");
    }

    @Test
    void widensNumbersOnly() {
        assertThat(BasicTypeInfo.INT_TYPE_INFO.shouldAutocastTo(BasicTypeInfo.LONG_TYPE_INFO))
                .isTrue();
        assertThat(BasicTypeInfo.LONG_TYPE_INFO.shouldAutocastTo(BasicTypeInfo.INT_TYPE_INFO))
                .isFalse();
        assertThat(BasicTypeInfo.INT_TYPE_INFO).isInstanceOf(IntegerTypeInfo.class);
        assertThat(BasicTypeInfo.FLOAT_TYPE_INFO).isInstanceOf(FractionalTypeInfo.class);
    }

    @Test
    void knowsWhatMayBeAKey() {
        assertThat(Types.TUPLE(Types.INT, Types.STRING).isKeyType()).isTrue();
        assertThat(Types.TUPLE(Types.INT, Types.PRIMITIVE_ARRAY(Types.INT)).isKeyType()).isTrue();
        assertThat(TypeInformation.of(int[].class).isKeyType()).isTrue();
        assertThat(TypeInformation.of(String[].class).isKeyType()).isFalse();
        assertThat(Types.POJO(Pojo.class).isKeyType()).isFalse();
        assertThat(Types.ENUM(RowKind.class).isKeyType()).isTrue();
        assertThat(Types.GENERIC(Random.class).isKeyType()).isFalse();
    }

    @Test
    void ordersTuplesByTheirFields() {
        CompositeType<Tuple2<Integer, String>> type = tuple(Types.TUPLE(Types.INT, Types.STRING));
        TypeComparator<Tuple2<Integer, String>> comparator =
                type.createComparator(new int[] {0, 1}, new boolean[] {true, false}, 0, null);
        assertThat(comparator.compare(Tuple2.of(1, "a"), Tuple2.of(1, "b"))).isPositive();
        assertThat(comparator.compare(Tuple2.of(1, "a"), Tuple2.of(2, "a"))).isNegative();
        assertThat(comparator.hash(Tuple2.of(1, "a")))
                .isEqualTo(comparator.hash(Tuple2.of(1, "a")));
        assertThatThrownBy(() -> comparator.compare(Tuple2.of(null, "a"), Tuple2.of(1, "b")))
                .isInstanceOf(NullKeyFieldException.class);
        Object[] keys = new Object[2];
        assertThat(comparator.extractKeys(Tuple2.of(7, "x"), keys, 0)).isEqualTo(2);
        assertThat(keys).containsExactly(7, "x");
    }

    @SuppressWarnings("unchecked")
    private static <T> CompositeType<T> tuple(TypeInformation<?> type) {
        return (CompositeType<T>) type;
    }

    @Test
    void ordersByFieldsInsideFields() {
        CompositeType<Tuple2<Tuple2<Integer, Integer>, String>> type =
                tuple(Types.TUPLE(Types.TUPLE(Types.INT, Types.INT), Types.STRING));
        var comparator = type.createComparator(new int[] {1}, new boolean[] {true}, 0, null);
        assertThat(
                        comparator.compare(
                                Tuple2.of(Tuple2.of(9, 1), "z"), Tuple2.of(Tuple2.of(0, 2), "a")))
                .isNegative();
        assertThat(comparator.getFlatComparators()).hasSize(1);
    }

    @Test
    void ordersRowsWithNullsFirst() {
        var comparator = ROW.createComparator(new int[] {0}, new boolean[] {true}, 0, null);
        Row none = Row.of(null, null);
        assertThat(comparator.compare(none, Row.of(1, null))).isNegative();
        var turned = ROW.createComparator(new int[] {0}, new boolean[] {false}, 0, null);
        assertThat(turned.compare(none, Row.of(1, null))).isPositive();
    }

    @Test
    void normalisesKeysInTheOrderOfValues() {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            long a = random.nextLong() >> random.nextInt(64);
            long b = random.nextLong() >> random.nextInt(64);
            assertOrder(BasicTypeInfo.LONG_TYPE_INFO, a, b);
            assertOrder(BasicTypeInfo.INT_TYPE_INFO, (int) a, (int) b);
            assertOrder(BasicTypeInfo.SHORT_TYPE_INFO, (short) a, (short) b);
            assertOrder(BasicTypeInfo.BYTE_TYPE_INFO, (byte) a, (byte) b);
            assertOrder(BasicTypeInfo.CHAR_TYPE_INFO, (char) a, (char) b);
            assertOrder(BasicTypeInfo.BOOLEAN_TYPE_INFO, a > 0, b > 0);
        }
    }

    private static <T extends Comparable<T>> void assertOrder(BasicTypeInfo<T> type, T a, T b) {
        TypeComparator<T> comparator = type.createComparator(true, null);
        int length = comparator.getNormalizeKeyLen() + 1;
        MemorySegment left = MemorySegment.wrap(new byte[length]);
        MemorySegment right = MemorySegment.wrap(new byte[length]);
        comparator.putNormalizedKey(a, left, 0, length);
        comparator.putNormalizedKey(b, right, 0, length);
        assertThat(Integer.signum(left.compare(right, 0, 0, length)))
                .as("%s and %s", a, b)
                .isEqualTo(Integer.signum(a.compareTo(b)));
    }

    @Test
    void findsOutputsThroughTheTypesOfInputs() {
        MapFunction<Tuple2<String, Long>, ?> function = new Swap<String, Long>();
        assertThat(
                        (Object)
                                TypeExtractor.resultOf(
                                        function,
                                        MapFunction.class,
                                        1,
                                        0,
                                        Types.TUPLE(Types.STRING, Types.LONG)))
                .isEqualTo(Types.TUPLE(Types.LONG, Types.STRING, Types.LIST(Types.STRING)));
    }

    private static final class Swap<A, B>
            implements MapFunction<Tuple2<A, B>, Tuple3<B, A, List<A>>> {
        @Override
        public Tuple3<B, A, List<A>> map(Tuple2<A, B> value) {
            return Tuple3.of(value.f1, value.f0, List.of(value.f0));
        }
    }

    @Test
    void saysWhichFunctionIsErased() {
        MapFunction<String, List<String>> lambda = List::of;
        assertThatThrownBy(() -> TypeExtractor.getMapReturnTypes(lambda, Types.STRING))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("returns(...)");
        assertThat(TypeExtractor.getMapReturnTypes(lambda, Types.STRING, "named", true)).isNull();
    }

    @TypeInfo(BoxFactory.class)
    static class Box<T> {}

    static class SubBox extends Box<Long> {}

    static final class BoxFactory extends TypeInfoFactory<Box<?>> {
        @Override
        @SuppressWarnings("unchecked")
        public TypeInformation<Box<?>> createTypeInfo(
                Type t, Map<String, TypeInformation<?>> genericParameters) {
            return (TypeInformation<Box<?>>)
                    (TypeInformation<?>) new ListTypeInfo<>(genericParameters.get("T"));
        }
    }

    public static class WithFactory {
        @TypeInfo(RawFactory.class)
        public Object special;
    }

    static final class RawFactory extends TypeInfoFactory<Object> {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public TypeInformation<Object> createTypeInfo(
                Type t, Map<String, TypeInformation<?>> genericParameters) {
            return (TypeInformation) Types.LONG;
        }
    }

    @Test
    void asksTheFactoryThatAClassNames() {
        assertThat((Object) TypeInformation.of(new TypeHint<Box<String>>() {}))
                .isEqualTo(Types.LIST(Types.STRING));
    }

    @Test
    void asksTheFactoryThatAFieldNames() {
        assertThat((Object) ((CompositeType<?>) TypeInformation.of(WithFactory.class)).getTypeAt(0))
                .isEqualTo(Types.LONG);
    }

    @Test
    void describesRowsByTheirFields() {
        assertThat((Object) TypeExtractor.getForObject(Row.of(1, "a")))
                .isEqualTo(Types.ROW(Types.INT, Types.STRING));
        assertThat((Object) TypeExtractor.getForObject(Row.of(1, null)))
                .isEqualTo(Types.GENERIC(Row.class));
    }

    @Test
    void describesEither() {
        assertThat((Object) TypeInformation.of(new TypeHint<Either<String, Integer>>() {}))
                .isEqualTo(Types.EITHER(Types.STRING, Types.INT));
    }

    @Test
    void findsTheClassesOfWhichNoMoreIsKnown() {
        assertThat(GenericTypes.in(Types.TUPLE(Types.INT, Types.LIST(Types.GENERIC(Random.class)))))
                .containsOnly(Map.entry(Random.class, "f1<>"));
        assertThat(GenericTypes.in(Types.POJO(Pojo.class))).isEmpty();
        assertThatThrownBy(() -> GenericTypes.refuseIn(Types.GENERIC(Random.class)))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("java.util.Random");
    }

    @Test
    void refusesADescriptionWithoutSerializer() {
        assertThatThrownBy(
                        () ->
                                new Bare()
                                        .createSerializer(
                                                new io.millrace.api.serialization
                                                        .SerializerSettings()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("Bare")
                .hasMessageContaining("createSerializer");
    }

    private static final class Bare extends TypeInformation<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean isBasicType() {
            return false;
        }

        @Override
        public boolean isTupleType() {
            return false;
        }

        @Override
        public int getArity() {
            return 1;
        }

        @Override
        public int getTotalFields() {
            return 1;
        }

        @Override
        public Class<String> getTypeClass() {
            return String.class;
        }

        @Override
        public boolean isKeyType() {
            return false;
        }

        @Override
        public boolean canEqual(Object other) {
            return other instanceof Bare;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bare;
        }

        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public String toString() {
            return "Bare";
        }
    }
}
