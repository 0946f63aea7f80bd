package io.millrace.api.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.tuple.Tuple1;
import io.millrace.api.tuple.Tuple2;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypeExtractorTest {
    @Test
    void findsTheResultOfAFunctionClass() {
        MapFunction<String, Tuple2<String, List<Long>>> function =
                new MapFunction<>() {
                    @Override
                    public Tuple2<String, List<Long>> map(String value) {
                        return Tuple2.of(value, List.of(1L));
                    }
                };
        assertThat(resultOf(function, Types.STRING))
                .isEqualTo(Types.TUPLE(Types.STRING, Types.LIST(Types.LONG)));
    }

    @Test
    void findsTheResultThroughGenericSuperclasses() {
        assertThat(resultOf(new ToPairOfLong(), Types.STRING))
                .isEqualTo(Types.TUPLE(Types.LONG, BasicArrayTypeInfo.LONG_ARRAY_TYPE_INFO));
    }

    @Test
    void findsTheResultOfALambdaWhoseClassHasNoParameters() {
        MapFunction<String, Integer> lambda = value -> value.length();
        MapFunction<String, Integer> reference = String::length;
        assertThat(resultOf(lambda, Types.STRING)).isEqualTo(Types.INT);
        assertThat(resultOf(reference, Types.STRING)).isEqualTo(Types.INT);
    }

    @Test
    void leavesErasedResultsOfLambdasOpen() {
        MapFunction<String, Tuple2<String, Integer>> tuple = value -> Tuple2.of(value, 1);
        MapFunction<String, Object> object = value -> value;
        FlatMapFunction<String, String> flat = (value, out) -> out.collect(value);
        assertThat(resultOf(tuple, Types.STRING)).isNull();
        assertThat(resultOf(object, Types.STRING)).isNull();
        assertThat((Object) TypeExtractor.resultOf(flat, FlatMapFunction.class, 1, 0, Types.STRING))
                .isNull();
    }

    @Test
    void takesTheInputTypeWhereTheFunctionReturnsWhatItGets() {
        assertThat(resultOf(new Same<Integer>(), Types.INT)).isEqualTo(Types.INT);
    }

    @Test
    void asksAFunctionThatKnowsItsType() {
        assertThat(resultOf(new KnowsItself<String>(Types.STRING), Types.INT))
                .isEqualTo(Types.STRING);
    }

    @Test
    void describesAPlainClassByItsFieldsInTheOrderOfTheirNames() {
        PojoTypeInfo<?> type = (PojoTypeInfo<?>) TypeInformation.of(Person.class);
        assertThat(type.fields())
                .extracting(TypeField::toString)
                .containsExactly("active: Boolean", "name: String", "tags: List<String>");
        TypeField active = type.fields().get(0);
        assertThat(active.access()).isEqualTo(TypeField.Access.GETTER_AND_SETTER);
        assertThat(active.rawType()).isEqualTo(boolean.class);
        assertThat(active.readMethod()).isEqualTo("isActive");
        assertThat(active.writeMethod()).isEqualTo("setActive");
        assertThat(type.fields().get(1).access()).isEqualTo(TypeField.Access.PUBLIC_FIELD);
    }

    @Test
    void bindsTheParametersOfAPlainClass() {
        TypeInformation<Box<Tuple1<Long>>> type =
                new TypeHint<Box<Tuple1<Long>>>() {}.getTypeInfo();
        assertThat(((CompositeType<?>) type).<Object>getTypeAt("content"))
                .isEqualTo(Types.TUPLE(Types.LONG));
    }

    @Test
    void saysWhyAClassIsNoPojo() {
        assertThatThrownBy(() -> Types.POJO(NoConstructor.class))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("PROGRAM_INVALID")
                .hasMessageContaining("NoConstructor is no POJO: it has no constructor");
        assertThatThrownBy(() -> Types.POJO(Hidden.class))
                .hasMessageContaining("its field secret is not public and has no getter");
        assertThat(TypeInformation.of(NoConstructor.class).kind()).isEqualTo(TypeKind.GENERIC);
    }

    @Test
    void describesARecordByItsComponentsInOrder() {
        RecordTypeInfo<?> type = (RecordTypeInfo<?>) TypeInformation.of(Order.class);
        assertThat(type.fields())
                .extracting(TypeField::toString)
                .containsExactly(
                        "id: Long", "lines: Map<String, Optional<Integer>>", "raw: byte[]");
        assertThat(type.fields().get(0).readMethod()).isEqualTo("id");
        assertThat(type.isKeyType()).isFalse();
    }

    @Test
    void endsAtAClassThatContainsItself() {
        CompositeType<?> type = (CompositeType<?>) TypeInformation.of(Node.class);
        assertThat(type.<Object>getTypeAt("next")).isEqualTo(new GenericTypeInfo<>(Node.class));
    }

    @Test
    void listsTheLeavesOfASealedType() {
        SealedTypeInfo<?> type = (SealedTypeInfo<?>) TypeInformation.of(Shape.class);
        assertThat(type.leaves())
                .extracting(leaf -> leaf.getTypeClass().getSimpleName())
                .containsExactly("Circle", "Square", "Line");
    }

    @Test
    void describesAnEnumConstantWithABodyByItsEnum() {
        assertThat(TypeExtractor.getForObject(Sign.PLUS)).isEqualTo(Types.ENUM(Sign.class));
    }

    @Test
    void describesASubclassOfATupleByTheTypesOfItsSuperclass() {
        TypeInformation<Edge> type = TypeInformation.of(Edge.class);
        assertThat(type.isTupleType()).isTrue();
        assertThat(type.getTypeClass()).isEqualTo(Edge.class);
        assertThat(type.getTotalFields()).isEqualTo(2);
    }

    @Test
    void describesValuesThatAgreeAndLeavesOthersOpen() {
        assertThat(TypeExtractor.getForObjects(List.of(Tuple2.of("a", 1), Tuple2.of("b", 2))))
                .isEqualTo(Types.TUPLE(Types.STRING, Types.INT));
        assertThat(TypeExtractor.<Object>getForObjects(List.of(1, "a"))).isNull();
        assertThat(TypeExtractor.<Object>getForObjects(List.of(Tuple1.of(1), Tuple1.of("a"))))
                .isNull();
        assertThat(TypeExtractor.<Object>getForObjects(List.of(new ArrayList<>()))).isNotNull();
    }

    @Test
    void refusesWhatCannotBeKnown() {
        assertThatThrownBy(() -> TypeInformation.of(Tuple2.class))
                .hasMessageContaining("Tuple2")
                .hasMessageContaining("TypeHint");
        assertThatThrownBy(TypeExtractorTest::<String>hintOfVariable)
                .hasMessageContaining("unknown type variable");
    }

    private static <T> TypeHint<List<T>> hintOfVariable() {
        return new TypeHint<List<T>>() {};
    }

    @Test
    void knowsWhatCanBeAKey() {
        assertThat(Types.TUPLE(Types.STRING, Types.INT).isKeyType()).isTrue();
        assertThat(TypeInformation.of(int[].class).isKeyType()).isTrue();
        assertThat(TypeInformation.of(Person.class).isKeyType()).isFalse();
        assertThat(Types.ENUM(Sign.class).isKeyType()).isTrue();
    }

    @Test
    void travelsByJavaSerialization() throws Exception {
        TypeInformation<?> type =
                Types.TUPLE(
                        TypeInformation.of(Person.class),
                        TypeInformation.of(Order.class),
                        TypeInformation.of(Shape.class));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(type);
        Object back =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertThat(back).isEqualTo(type).hasSameHashCodeAs(type);
    }

    private static <I, O> TypeInformation<O> resultOf(
            MapFunction<I, O> function, TypeInformation<I> input) {
        return TypeExtractor.resultOf(function, MapFunction.class, 1, 0, input);
    }

    abstract static class ToPair<X> implements MapFunction<String, Tuple2<X, X[]>> {}

    static class ToPairOfLong extends ToPair<Long> {
        @Override
        public Tuple2<Long, Long[]> map(String value) {
            return Tuple2.of(1L, new Long[0]);
        }
    }

    static class Same<T> implements MapFunction<T, T> {
        @Override
        public T map(T value) {
            return value;
        }
    }

    record KnowsItself<T>(TypeInformation<T> type)
            implements MapFunction<Integer, T>, ResultTypeQueryable<T> {
        @Override
        public T map(Integer value) {
            return null;
        }

        @Override
        public TypeInformation<T> getProducedType() {
            return type;
        }
    }

    public static class Person {
        public String name;
        public List<String> tags;
        private boolean active;

        public boolean isActive() {
            return active;
        }

        public void setActive(boolean active) {
            this.active = active;
        }
    }

    public static class Box<T> {
        public T content;
    }

    public static class NoConstructor {
        public final int value;

        public NoConstructor(int value) {
            this.value = value;
        }
    }

    public static class Hidden {
        private String secret = "";
    }

    record Order(long id, Map<String, Optional<Integer>> lines, byte[] raw) {}

    record Node(int value, Node next) {}

    sealed interface Shape permits Round, Square, Line {}

    sealed interface Round extends Shape permits Circle {}

    record Circle(double radius) implements Round {}

    record Square(double side) implements Shape {}

    record Line(double length) implements Shape {}

    enum Sign {
        PLUS {
            @Override
            int of(int value) {
                return value;
            }
        };

        abstract int of(int value);
    }

    public static class Edge extends Tuple2<Integer, Integer> {
        private static final long serialVersionUID = 1L;
    }
}
