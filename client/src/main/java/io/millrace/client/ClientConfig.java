package io.millrace.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.api.option.OptionCheck;
import io.millrace.api.option.ProgramOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options of one command: those of {@code millrace.yaml}, overridden by {@code -D}, overridden
 * by {@code -p}; all keys and values checked. Pure but for reading the file.
 */
final class ClientConfig {
    private static final String FILE = "millrace.yaml";

    private ClientConfig() {}

    /**
     * @param parallelism null if the command line names none
     * @throws MillraceException {@code UNKNOWN_OPTION}, {@code INVALID_OPTION}
     */
    static Config of(
            Surroundings surroundings, Map<String, String> overrides, Integer parallelism) {
        Config config = fromFile(file(surroundings)).overriddenBy(Config.of(overrides));
        if (parallelism != null) {
            config = config.with(ProgramOptions.PARALLELISM, parallelism);
        }
        OptionCheck.ofEngine(ClientConfig.class.getClassLoader()).check(config);
        return config;
    }

    private static Path file(Surroundings surroundings) {
        String directory = surroundings.environment().get("MILLRACE_CONF_DIR");
        return directory == null || directory.isBlank()
                ? surroundings.home().resolve("conf").resolve(FILE)
                : Path.of(directory, FILE);
    }

    /** Empty if the file does not exist or says nothing. */
    static Config fromFile(Path file) {
        try {
            if (!Files.exists(file) || saysNothing(Files.readAllLines(file))) {
                return Config.empty();
            }
            Map<String, String> values = new TreeMap<>();
            flatten("", new YAMLMapper().readTree(file.toFile()), values);
            return Config.of(values);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "the configuration " + file + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /** Spares the YAML parser, which takes longer to load than most commands to run. */
    private static boolean saysNothing(List<String> lines) {
        return lines.stream().map(String::strip).allMatch(l -> l.isEmpty() || l.startsWith("#"));
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.fields()
                    .forEachRemaining(
                            field ->
                                    flatten(
                                            prefix.isEmpty()
                                                    ? field.getKey()
                                                    : prefix + "." + field.getKey(),
                                            field.getValue(),
                                            values));
        } else if (node.isValueNode() && !node.isNull()) {
            values.put(prefix, node.asText());
        } else if (node.isArray()) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "option '" + prefix + "' is a list; write its values separated by commas.");
        }
    }
}
