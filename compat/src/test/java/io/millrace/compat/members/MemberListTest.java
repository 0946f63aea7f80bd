package io.millrace.compat.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemberListTest {
    @Test
    void readsClassesAndTheirMembers() {
        MemberList list =
                MemberList.parse(
                        "shapes",
                        List.of(
                                "# facts",
                                "interface 12 shapes.Shape uses=3",
                                "  field 1 SIDES I static",
                                "  method 2 like (L~/shapes/Shape;)Z deprecated uses=2",
                                "",
                                "enum 2 shapes.Colour"));

        assertThat(list.classes()).hasSize(2);
        FlinkClass shape = list.classes().get(0);
        assertThat(shape.name()).isEqualTo("org.apache.flink.shapes.Shape");
        assertThat(shape.kind()).isEqualTo(FlinkClass.Kind.INTERFACE);
        assertThat(shape.uses()).isEqualTo(3);
        assertThat(shape.members())
                .containsExactly(
                        new FlinkMember(
                                FlinkMember.Kind.FIELD,
                                Generations.ONLY_1,
                                "SIDES",
                                "I",
                                true,
                                false,
                                0),
                        new FlinkMember(
                                FlinkMember.Kind.METHOD,
                                Generations.ONLY_2,
                                "like",
                                "(Lorg/apache/flink/shapes/Shape;)Z",
                                false,
                                true,
                                2));
        assertThat(list.classes().get(1).members()).isEmpty();
    }

    @Test
    void saysWhichLineItCannotRead() {
        assertThatThrownBy(() -> MemberList.parse("shapes", List.of("# x", "class 3 shapes.A")))
                .hasMessageContaining("shapes.members:2")
                .hasMessageContaining("class 3 shapes.A");
    }

    @Test
    void theShippedListsAreNotEmpty() {
        assertThat(MemberList.shipped())
                .extracting(MemberList::area)
                .containsExactlyElementsOf(MemberList.AREAS);
        assertThat(MemberList.shipped())
                .allSatisfy(list -> assertThat(list.classes()).isNotEmpty());
    }
}
