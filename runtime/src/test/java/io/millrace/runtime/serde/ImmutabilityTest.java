package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.tuple.Tuple1;
import io.millrace.api.type.Row;
import io.millrace.api.type.TypeHint;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A type counts as immutable only if no part of any of its values can change; else it is copied.
 */
class ImmutabilityTest {
    private static final ClassLoader LOADER = ImmutabilityTest.class.getClassLoader();

    record Plain(String name, int count, Long boxed, Samples.Colour colour, Instant at) {}

    record Nested(Plain plain, Optional<Plain> maybe, ZoneId zone) {}

    record OfDate(Date date) {}

    record OfArray(String[] names) {}

    record OfBytes(byte[] bytes) {}

    record OfList(List<String> names) {}

    record OfObject(Object any) {}

    record Generic<T>(T value) {}

    record OfGeneric(Generic<String> known, int n) {}

    record OfOpenGeneric(Generic<?> unknown) {}

    record OfInterface(CharSequence text) {}

    record OfClass(Open open) {}

    static class Open {
        final String name = "";
    }

    static final class FinalFields {
        final String name;

        FinalFields(String name) {
            this.name = name;
        }
    }

    sealed interface Closed permits ClosedA, ClosedB {}

    record ClosedA(int a) implements Closed {}

    record ClosedB(Closed inner) implements Closed {}

    sealed interface Leaking permits LeakingA, LeakingB {}

    record LeakingA(int a) implements Leaking {}

    static non-sealed class LeakingB implements Leaking {}

    private static boolean immutable(TypeInformation<?> type) {
        return Serializers.of(type, LOADER).immutable();
    }

    private static boolean immutable(Class<?> type) {
        return immutable(TypeInformation.of(type));
    }

    @Test
    void recordsOfValuesThatCannotChangeAreImmutable() {
        assertThat(immutable(Plain.class)).isTrue();
        assertThat(immutable(Nested.class)).isTrue();
        assertThat(immutable(Closed.class)).isTrue();
        assertThat(immutable(Samples.Colour.class)).isTrue();
        assertThat(immutable(OfGeneric.class)).isTrue();
        assertThat(immutable(TypeInformation.of(new TypeHint<Generic<Plain>>() {}))).isTrue();
    }

    @Test
    void datesAndArraysAreNot() {
        assertThat(immutable(OfDate.class)).isFalse();
        assertThat(immutable(OfArray.class)).isFalse();
        assertThat(immutable(OfBytes.class)).isFalse();
        assertThat(immutable(byte[].class)).isFalse();
        assertThat(immutable(Types.SQL_TIMESTAMP)).isFalse();
        assertThat(immutable(TypeInformation.of(new TypeHint<Generic<int[]>>() {}))).isFalse();
    }

    @Test
    void collectionsAreNotSinceTheirClassIsNotKnown() {
        assertThat(immutable(OfList.class)).isFalse();
        assertThat(immutable(Types.LIST(Types.STRING))).isFalse();
        assertThat(immutable(Types.MAP(Types.STRING, Types.STRING))).isFalse();
        assertThat(immutable(TypeInformation.of(new TypeHint<Generic<List<String>>>() {})))
                .isFalse();
    }

    @Test
    void whatIsFoundAtRunTimeIsNot() {
        assertThat(immutable(OfObject.class)).isFalse();
        assertThat(immutable(OfInterface.class)).isFalse();
        assertThat(immutable(OfOpenGeneric.class)).isFalse();
        assertThat(Serializers.of(null, LOADER).immutable()).isFalse();
        assertThat(immutable(Types.GENERIC(Row.class))).isFalse();
    }

    @Test
    void classesThatMayHaveSubclassesAreNot() {
        assertThat(immutable(OfClass.class)).isFalse();
        assertThat(immutable(Leaking.class)).isFalse();
        assertThat(immutable(Types.GENERIC(FinalFields.class))).isFalse();
        assertThat(immutable(Types.TUPLE(Types.STRING))).isFalse();
        assertThat(immutable(Types.EITHER(Types.STRING, Types.INT))).isFalse();
    }

    @Test
    void aListOfWhatNobodyCanChangeIsCopiedIntoOneOfItsOwn() {
        Serializer<Object> serializer = Serializers.of(TypeInformation.of(OfList.class), LOADER);
        List<String> backing = new ArrayList<>(List.of("a"));
        OfList copy =
                (OfList)
                        serializer.copy(
                                new OfList(java.util.Collections.unmodifiableList(backing)));
        backing.set(0, "changed");
        assertThat(copy.names()).containsExactly("a");
        OfList ofListOf = (OfList) serializer.copy(new OfList(List.of("a")));
        assertThat(ofListOf.names()).containsExactly("a");
    }

    @Test
    void copiesShareNothingThatCanChange() {
        Serializer<Object> serializer = Serializers.of(null, LOADER);
        Tuple1<Map<String, Object[]>> original =
                Tuple1.of(new java.util.HashMap<>(Map.of("k", new Object[] {new Date(1)})));
        @SuppressWarnings("unchecked")
        Tuple1<Map<String, Object[]>> copy =
                (Tuple1<Map<String, Object[]>>) serializer.copy(original);
        ((Date) original.f0.get("k")[0]).setTime(2);
        original.f0.get("k")[0] = null;
        assertThat(copy.f0.get("k")[0]).isEqualTo(new Date(1));
    }

    @Test
    void copiesOfSortedCollectionsKeepTheirOrder() {
        TreeSet<String> set = new TreeSet<>(Comparator.reverseOrder());
        set.addAll(Arrays.asList("a", "b"));
        TreeMap<String, Integer> map = new TreeMap<>(Comparator.reverseOrder());
        map.putAll(Map.of("a", 1, "b", 2));
        Serializer<Object> serializer = Serializers.of(null, LOADER);
        assertThat(((TreeSet<?>) serializer.copy(set)).first()).isEqualTo("b");
        assertThat(((TreeMap<?, ?>) serializer.copy(map)).firstKey()).isEqualTo("b");
    }
}
