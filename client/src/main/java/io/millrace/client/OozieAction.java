package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What an action of Oozie tells the processes that it starts. Immutable.
 *
 * @param outputProperties where the action's captured output is to be written; null if there is no
 *     action, or its output is captured otherwise
 * @param configuration of the action; null if there is no action
 */
record OozieAction(Path outputProperties, Path configuration) {
    static final OozieAction NONE = new OozieAction(null, null);
    static final String OUTPUT_PROPERTIES = "oozie.action.output.properties";

    /** By which Oozie finds what an action has started, to end it with the action. */
    private static final String CHILD_TAGS = "oozie.child.mapreduce.job.tags";

    /** Java actions set system properties, shell actions a variable. */
    static OozieAction of(Map<String, String> environment) {
        return new OozieAction(
                path(System.getProperty(OUTPUT_PROPERTIES)),
                path(
                        System.getProperty(
                                "oozie.action.conf.xml",
                                environment.get("OOZIE_ACTION_CONF_XML"))));
    }

    private static Path path(String text) {
        return text == null || text.isBlank() ? null : Path.of(text);
    }

    /** YARN tags that an application of the action should have, separated by commas; or empty. */
    String childTags() {
        if (configuration == null || !Files.exists(configuration)) {
            return "";
        }
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList properties =
                    factory.newDocumentBuilder()
                            .parse(configuration.toFile())
                            .getElementsByTagName("property");
            for (int i = 0; i < properties.getLength(); i++) {
                Element property = (Element) properties.item(i);
                if (CHILD_TAGS.equals(text(property, "name"))) {
                    return text(property, "value");
                }
            }
            return "";
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "the configuration of the Oozie action cannot be read from "
                            + configuration
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static String text(Element property, String name) {
        NodeList found = property.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }
}
