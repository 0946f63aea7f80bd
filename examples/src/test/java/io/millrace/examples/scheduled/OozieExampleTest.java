package io.millrace.examples.scheduled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.ls.LSInput;
import org.w3c.dom.ls.LSResourceResolver;
import org.xml.sax.SAXException;

/** The files for Oozie, against its own schemas. A whole-system test runs the actions' programs. */
class OozieExampleTest {
    private static final Path OOZIE = Path.of("oozie");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z]+)}");

    @TempDir Path work;

    @Test
    void theWorkflowIsOneOfOozie() throws Exception {
        schema("oozie-workflow-1.0.xsd", "shell-action-1.0.xsd")
                .newValidator()
                .validate(new StreamSource(OOZIE.resolve("workflow.xml").toFile()));
    }

    @Test
    void theCoordinatorIsOneOfOozie() throws Exception {
        schema("oozie-coordinator-0.5.xsd")
                .newValidator()
                .validate(new StreamSource(OOZIE.resolve("coordinator.xml").toFile()));
    }

    @Test
    void theSchemasWouldFindAMistake() throws Exception {
        String wrong =
                read("workflow.xml").replace("<exec>", "<exek>").replace("</exec>", "</exek>");
        Schema schema = schema("oozie-workflow-1.0.xsd", "shell-action-1.0.xsd");
        assertThatThrownBy(
                        () ->
                                schema.newValidator()
                                        .validate(new StreamSource(new StringReader(wrong))))
                .isInstanceOf(SAXException.class)
                .hasMessageContaining("exek");
    }

    @Test
    void thePropertiesDefineWhatTheFilesName() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(read("job.properties")));
        Set<String> named = new TreeSet<>();
        for (String file : List.of("workflow.xml", "coordinator.xml", "job.properties")) {
            Matcher matcher = VARIABLE.matcher(read(file));
            while (matcher.find()) {
                named.add(matcher.group(1));
            }
        }
        named.removeAll(Set.of("YEAR", "MONTH", "DAY"));
        assertThat(properties.stringPropertyNames()).containsAll(named);
    }

    @Test
    void theActionsMainClassRunsOnTheJavaOfOldLaunchers() throws IOException {
        int exitCode =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "--release",
                                "8",
                                "-Xlint:-options",
                                "-d",
                                work.toString(),
                                OOZIE.resolve("MillraceAction.java").toString());
        assertThat(exitCode).isZero();
        assertThat(work.resolve("MillraceAction.class")).exists();
    }

    private static String read(String file) throws IOException {
        return Files.readString(OOZIE.resolve(file), StandardCharsets.UTF_8);
    }

    private static Schema schema(String... names) throws SAXException {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setResourceResolver(new FromOoziesJar());
        return factory.newSchema(
                Stream.of(names)
                        .map(name -> new StreamSource(open(name), name))
                        .toArray(Source[]::new));
    }

    private static InputStream open(String name) {
        InputStream in = OozieExampleTest.class.getResourceAsStream("/" + name);
        if (in == null) {
            throw new UncheckedIOException(new IOException(name + " is not in Oozie's jar"));
        }
        return in;
    }

    /** Schemas that others include. */
    private static final class FromOoziesJar implements LSResourceResolver {
        @Override
        public LSInput resolveResource(
                String type, String namespace, String publicId, String systemId, String base) {
            return new SchemaInput(systemId);
        }
    }

    /** One schema, read anew each time. */
    private record SchemaInput(String systemId) implements LSInput {
        @Override
        public InputStream getByteStream() {
            return open(systemId);
        }

        @Override
        public String getSystemId() {
            return systemId;
        }

        @Override
        public java.io.Reader getCharacterStream() {
            return null;
        }

        @Override
        public String getStringData() {
            return null;
        }

        @Override
        public String getPublicId() {
            return null;
        }

        @Override
        public String getBaseURI() {
            return null;
        }

        @Override
        public String getEncoding() {
            return null;
        }

        @Override
        public boolean getCertifiedText() {
            return false;
        }

        @Override
        public void setCharacterStream(java.io.Reader reader) {}

        @Override
        public void setByteStream(InputStream in) {}

        @Override
        public void setStringData(String data) {}

        @Override
        public void setSystemId(String id) {}

        @Override
        public void setPublicId(String id) {}

        @Override
        public void setBaseURI(String uri) {}

        @Override
        public void setEncoding(String encoding) {}

        @Override
        public void setCertifiedText(boolean certified) {}
    }
}
