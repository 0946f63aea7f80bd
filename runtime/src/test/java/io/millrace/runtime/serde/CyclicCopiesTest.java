package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CyclicCopiesTest {
    /** May refer to itself. */
    static final class Node {
        final String name;
        Node next;
        Object anything;
        List<Object> parts = new ArrayList<>();
        Map<String, Object> byName = new HashMap<>();
        Object[] array = new Object[1];
        final int[] numbers = {1, 2};

        Node(String name) {
            this.name = name;
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T copied(TypeInformation<T> type, T value) {
        return (T)
                CopyGuard.of(
                                Serializers.of(
                                        (TypeInformation<Object>) type,
                                        CyclicCopiesTest.class.getClassLoader()))
                        .copy(value);
    }

    @Test
    void waysBackLeadToTheCopy() {
        Node node = new Node("a");
        node.next = new Node("b");
        node.next.next = node;
        node.anything = node;
        node.parts.add(node);
        node.byName.put("a", node);
        node.array[0] = node.array;

        Node copy = copied(TypeInformation.of(Node.class), node);

        assertThat(copy).isNotSameAs(node);
        assertThat(copy.name).isEqualTo("a");
        assertThat(copy.next.name).isEqualTo("b");
        assertThat(copy.next.next).isSameAs(copy);
        assertThat(copy.anything).isSameAs(copy);
        assertThat(copy.parts.get(0)).isSameAs(copy);
        assertThat(copy.byName.get("a")).isSameAs(copy);
        assertThat(copy.array[0]).isSameAs(copy.array).isNotSameAs(node.array);
        assertThat(copy.numbers).isEqualTo(node.numbers).isNotSameAs(node.numbers);
    }

    @Test
    void valuesOfTypesThatAreNotKnownMayContainThemselvesToo() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        list.add("end");

        List<Object> copy = copied(null, list);

        assertThat(copy).isNotSameAs(list).hasSize(2);
        assertThat(copy.get(0)).isSameAs(copy);
    }

    @Test
    void aPlaceThatHasSeenOneGoesOnWithOthers() {
        Serializer<Object> guard = CopyGuard.of(Serializers.of(null, null));
        Node loop = new Node("loop");
        loop.next = loop;
        guard.copy(loop);

        assertThat(((Node) guard.copy(new Node("plain"))).name).isEqualTo("plain");
        assertThat(guard.copy(Tuple2.of(1, "x"))).isEqualTo(Tuple2.of(1, "x"));
        assertThat(guard.copy("text")).isEqualTo("text");
    }

    @Test
    void aBareObjectIsItsOwnCopy() {
        Node node = new Node("lock");
        node.anything = new Object();

        assertThat(copied(TypeInformation.of(Node.class), node).anything).isSameAs(node.anything);
        node.next = node;
        assertThat(copied(TypeInformation.of(Node.class), node).anything).isSameAs(node.anything);
    }

    @Test
    void typesThatCannotLeadBackHaveNoGuard() {
        Serializer<Object> words =
                Serializers.of((TypeInformation<Object>) (TypeInformation<?>) Types.STRING, null);
        assertThat(CopyGuard.of(words)).isSameAs(words);
    }

    @Test
    void whatIsNestedTooDeeplyIsNamed() {
        Node first = new Node("0");
        Node last = first;
        for (int i = 1; i < 1_000_000; i++) {
            last.next = new Node("x");
            last = last.next;
        }

        assertThatThrownBy(() -> copied(TypeInformation.of(Node.class), first))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(ErrorCode.RECORD_TYPE_UNKNOWN.name())
                .hasMessageContaining(Node.class.getName());
    }
}
