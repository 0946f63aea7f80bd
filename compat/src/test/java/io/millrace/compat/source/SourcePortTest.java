package io.millrace.compat.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.compat.members.MemberList;
import io.millrace.compat.rename.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcePortTest {
    @TempDir private Path directory;
    private SourcePort port;

    @BeforeEach
    void readRules() throws IOException {
        Path file = directory.resolve("test.mapping");
        Files.writeString(
                file,
                """
                org.apache.flink.api.Shape = ours.shape.Shape
                org.apache.flink.api.Line = ours.line.Line
                org.apache.flink.api.old.Line = ours.line.Line
                org.apache.flink.api.Colour = ours.paint.Paint
                org.apache.flink.api.Shape$Corner = ours.shape.Corner
                """);
        port = new SourcePort(Mapping.read(file), MemberList.shipped());
    }

    @Test
    void rewritesImports() {
        assertThat(ported("import org.apache.flink.api.Shape;\nimport java.util.List;\n"))
                .isEqualTo("import ours.shape.Shape;\nimport java.util.List;\n");
    }

    @Test
    void rewritesStaticImportsAndNestedClasses() {
        assertThat(
                        ported(
                                """
                                import static org.apache.flink.api.Shape.of;
                                import static org.apache.flink.api.Line.*;
                                import org.apache.flink.api.Shape.Side;
                                import org.apache.flink.api.Shape.Corner;
                                """))
                .isEqualTo(
                        """
                        import static ours.shape.Shape.of;
                        import static ours.line.Line.*;
                        import ours.shape.Shape.Side;
                        import ours.shape.Corner;
                        """);
    }

    @Test
    void anImportOfAPackageBecomesImportsOfWhatTheCodeNames() {
        assertThat(
                        ported(
                                """
                                import org.apache.flink.api.*;
                                class A { Line line; String text = "Shape"; }
                                """))
                .isEqualTo(
                        """
                        import ours.line.Line;
                        class A { Line line; String text = "Shape"; }
                        """);
    }

    @Test
    void twoImportsThatBecomeTheSameAreWrittenOnce() {
        assertThat(
                        ported(
                                "import org.apache.flink.api.*;\n"
                                        + "import org.apache.flink.api.Line;\nclass A { Line a; }\n"))
                .isEqualTo("import ours.line.Line;\nclass A { Line a; }\n");
    }

    @Test
    void rewritesFullNamesAlsoInCommentsAndStrings() {
        assertThat(
                        ported(
                                """
                                /** A {@link org.apache.flink.api.Shape#area}. */
                                class A {
                                    org.apache.flink.api.Line line;
                                    String name = "org.apache.flink.api.Line";
                                }
                                """))
                .isEqualTo(
                        """
                        /** A {@link ours.shape.Shape#area}. */
                        class A {
                            ours.line.Line line;
                            String name = "ours.line.Line";
                        }
                        """);
    }

    @Test
    void aClassWithAnotherSimpleNameIsRenamedInTheCode() {
        assertThat(
                        ported(
                                """
                                import org.apache.flink.api.Colour;
                                class A { Colour red = Colour.of("Colour"); Object b = a.Colour; }
                                """))
                .isEqualTo(
                        """
                        import ours.paint.Paint;
                        class A { Paint red = Paint.of("Colour"); Object b = a.Colour; }
                        """);
    }

    @Test
    void namesWithoutARuleStayAndAreReportedWithTheirLineAndArea() {
        SourcePort.Ported ported =
                port.port(
                        """
                        package shop;
                        import org.apache.flink.api.Shape;
                        import org.apache.flink.cep.CEP;
                        class A { Object o = new org.apache.flink.unheard.Of(); }
                        """);

        assertThat(ported.text()).contains("import org.apache.flink.cep.CEP;");
        assertThat(ported.leftovers())
                .containsExactly(
                        new SourcePort.Leftover(3, "org.apache.flink.cep.CEP", Optional.of("cep")),
                        new SourcePort.Leftover(
                                4, "org.apache.flink.unheard.Of", Optional.empty()));
    }

    @Test
    void classesOfAnImportedPackageWithoutARuleAreReported() {
        SourcePort.Ported ported =
                port.port("import org.apache.flink.cep.*;\nclass A { CEP cep; }\n");

        assertThat(ported.leftovers())
                .extracting(SourcePort.Leftover::name)
                .containsExactly("org.apache.flink.cep.CEP");
    }

    @Test
    void aProgramsOwnPackageIsNotReported() {
        assertThat(
                        port.port(
                                        """
                                        package org.apache.flink.mine;
                                        class A { org.apache.flink.mine.B b; }
                                        """)
                                .leftovers())
                .isEmpty();
    }

    @Test
    void portsEachFileOfADirectoryAndCopiesTheOthers() throws IOException {
        Path from = Files.createDirectories(directory.resolve("from"));
        Path to = directory.resolve("to");
        Files.createDirectories(from.resolve("deep"));
        Files.writeString(from.resolve("deep/A.java"), "import org.apache.flink.api.Line;\n");
        Files.writeString(from.resolve("B.java"), "import org.apache.flink.cep.CEP;\n");
        Files.writeString(from.resolve("words.txt"), "org.apache.flink.api.Line");

        SourceTree.Outcome outcome = new SourceTree(port).port(from, to);

        assertThat(to.resolve("deep/A.java")).hasContent("import ours.line.Line;\n");
        assertThat(to.resolve("words.txt")).hasContent("org.apache.flink.api.Line");
        assertThat(from.resolve("deep/A.java")).hasContent("import org.apache.flink.api.Line;\n");
        assertThat(outcome)
                .isEqualTo(
                        new SourceTree.Outcome(
                                2,
                                1,
                                List.of(
                                        from.resolve("B.java")
                                                + ":1: org.apache.flink.cep.CEP has no counterpart"
                                                + " yet (area cep)")));
    }

    @Test
    void rewritesFilesWhereTheyAre() throws IOException {
        Path file = directory.resolve("A.java");
        Files.writeString(file, "import org.apache.flink.api.Line;\n");

        new SourceTree(port).port(file, file);

        assertThat(file).hasContent("import ours.line.Line;\n");
    }

    private String ported(String source) {
        SourcePort.Ported ported = port.port(source);
        assertThat(ported.leftovers()).isEmpty();
        return ported.text();
    }
}
