package io.millrace.compat.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.compat.rename.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverTest {
    private static final String HERE = "io.millrace.compat.members.ResolverTest$";

    /** Our side of the rules below. */
    public interface Parent {
        int SIDES = 3;

        Object first();
    }

    /** Inherits from {@link Parent}. */
    public abstract static class Shape implements Parent {
        public String name = "";
        private long size;

        protected Shape(Parent parent) {}

        public static Shape of(Parent parent) {
            return null;
        }

        String inside() {
            return name + size;
        }
    }

    /** Not for programs. */
    static final class Hidden {}

    /** A value. */
    public enum Colour {
        RED
    }

    @TempDir private Path directory;

    @ParameterizedTest(name = "{1} of {0}: {2}")
    @CsvSource({
        "class x.Shape, method 12 first ()Ljava/lang/Object;, HERE",
        "class x.Shape, field 12 SIDES I static, HERE",
        "class x.Shape, field 12 name Ljava/lang/String;, HERE",
        "class x.Shape, constructor 12 <init> (L~/x/Parent;)V, HERE",
        "class x.Shape, method 12 of (L~/x/Parent;)L~/x/Shape; static, HERE",
        "class x.Shape, method 12 toString ()Ljava/lang/String;, HERE",
        "class x.Shape, method 12 first ()Ljava/lang/String;, OTHER_TYPE",
        "class x.Shape, field 12 name I, OTHER_TYPE",
        "class x.Shape, method 12 last ()Ljava/lang/Object;, MISSING",
        "class x.Shape, constructor 12 <init> ()V, MISSING",
        "class x.Shape, method 12 of (L~/x/Parent;)L~/x/Shape;, STATIC_DIFFERS",
        "class x.Shape, method 12 inside ()Ljava/lang/String;, NOT_PUBLIC",
        "class x.Shape, field 12 size J, NOT_PUBLIC",
        "class x.Stranger, method 12 first ()V, NOT_MAPPED",
    })
    void judgesMembers(String owner, String member, Verdict expected) throws IOException {
        FlinkClass parsed = parse(owner.replace(" ", " 12 "), "  " + member);

        assertThat(resolver().resolve(parsed, parsed.members().get(0))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "class 12 x.Shape, HERE",
        "interface 12 x.Parent, HERE",
        "enum 12 x.Colour, HERE",
        "interface 12 x.Shape, CLASS_KIND",
        "class 12 x.Parent, CLASS_KIND",
        "class 12 x.Colour, CLASS_KIND",
        "class 12 x.Hidden, CLASS_NOT_PUBLIC",
        "class 12 x.Gone, CLASS_MISSING",
        "class 12 x.Stranger, NOT_MAPPED",
    })
    void judgesClasses(String line, Verdict expected) throws IOException {
        assertThat(resolver().resolve(parse(line))).isEqualTo(expected);
    }

    @Test
    void countsClassesAndMembersAndListsTheMostUsedFirst() throws IOException {
        MemberList list =
                MemberList.parse(
                        "shapes",
                        List.of(
                                "class 12 x.Shape",
                                "  method 12 first ()Ljava/lang/Object;",
                                "  method 12 last ()V uses=1",
                                "class 12 x.Stranger uses=4"));

        Coverage coverage = Coverage.of(list, resolver());

        assertThat(coverage.resolved()).isEqualTo(2);
        assertThat(coverage).hasToString("shapes            50.0 %      2 of     4");
        assertThat(coverage.missing())
                .extracting(Coverage.Missing::toString)
                .containsExactly(
                        "4 org.apache.flink.x.Stranger has no rule",
                        "1 org.apache.flink.x.Shape#last() is missing");
    }

    @Test
    void proposesRulesByEqualSimpleNames() throws IOException {
        MemberList list =
                MemberList.parse(
                        "shapes",
                        List.of("class 12 x.Shape", "class 12 y.Line", "class 12 y.Line$End"));

        assertThat(RuleProposals.of(mapping(), List.of(list), List.of("ours.Line", "ours.Shape")))
                .containsExactly("org.apache.flink.y.Line = ours.Line");
    }

    private Resolver resolver() throws IOException {
        return new Resolver(mapping(), new OurClasses(ResolverTest.class.getClassLoader()));
    }

    private Mapping mapping() throws IOException {
        Path file = directory.resolve("test.mapping");
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "org.apache.flink.x.Shape = " + HERE + "Shape",
                        "org.apache.flink.x.Parent = " + HERE + "Parent",
                        "org.apache.flink.x.Colour = " + HERE + "Colour",
                        "org.apache.flink.x.Hidden = " + HERE + "Hidden",
                        "org.apache.flink.x.Gone = " + HERE + "Gone"));
        return Mapping.read(file);
    }

    private static FlinkClass parse(String... lines) {
        return MemberList.parse("shapes", List.of(lines)).classes().get(0);
    }
}
