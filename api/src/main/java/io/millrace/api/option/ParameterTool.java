package io.millrace.api.option;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/**
 * Parameters of a program with one value each: from its arguments, a properties file, a map or the
 * system properties.
 */
public class ParameterTool extends AbstractParameterTool {
    private static final long serialVersionUID = 1L;

    /** By name; not changed after the constructor. */
    protected final Map<String, String> data;

    private ParameterTool(Map<String, String> data) {
        this.data = new HashMap<>(data);
        unrequestedParameters.addAll(data.keySet());
    }

    /**
     * {@code --key value}, {@code -key value} or {@code --flag}, in any order; of a name that is
     * given twice, the last.
     *
     * @throws IllegalArgumentException quoting what is not of this form
     */
    public static ParameterTool fromArgs(String[] args) {
        Map<String, String> map = new HashMap<>();
        CommandLineArguments.read(args, map::put);
        return new ParameterTool(map);
    }

    /**
     * @param path of a Java properties file on this machine
     */
    public static ParameterTool fromPropertiesFile(String path) throws IOException {
        return fromPropertiesFile(new File(path));
    }

    /**
     * @throws FileNotFoundException if there is none
     */
    public static ParameterTool fromPropertiesFile(File file) throws IOException {
        if (!file.exists()) {
            throw new FileNotFoundException(
                    "Properties file " + file.getAbsolutePath() + " does not exist");
        }
        try (InputStream in = new FileInputStream(file)) {
            return fromPropertiesFile(in);
        }
    }

    /**
     * @param inputStream of the text of a Java properties file; not closed
     */
    public static ParameterTool fromPropertiesFile(InputStream inputStream) throws IOException {
        Properties properties = new Properties();
        properties.load(inputStream);
        return of(properties);
    }

    public static ParameterTool fromMap(Map<String, String> map) {
        return new ParameterTool(Objects.requireNonNull(map, "map"));
    }

    public static ParameterTool fromSystemProperties() {
        return of(System.getProperties());
    }

    private static ParameterTool of(Properties properties) {
        Map<String, String> map = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            map.put(name, properties.getProperty(name));
        }
        return new ParameterTool(map);
    }

    @Override
    public int getNumberOfParameters() {
        return data.size();
    }

    @Override
    public String get(String key) {
        addToDefaults(key, null);
        unrequestedParameters.remove(key);
        return data.get(key);
    }

    @Override
    public boolean has(String key) {
        addToDefaults(key, null);
        unrequestedParameters.remove(key);
        return data.containsKey(key);
    }

    /** A copy, without defaults. */
    public Configuration getConfiguration() {
        return Configuration.fromMap(data);
    }

    /** A copy, without defaults. */
    public Properties getProperties() {
        Properties properties = new Properties();
        properties.putAll(data);
        return properties;
    }

    /** The same, replacing a file that exists. */
    public void createPropertiesFile(String pathToFile) throws IOException {
        createPropertiesFile(pathToFile, true);
    }

    /**
     * Writes a properties file with the default of each parameter that was asked for so far.
     *
     * @throws RuntimeException if the file exists and may not be replaced
     */
    public void createPropertiesFile(String pathToFile, boolean overwrite) throws IOException {
        Path file = Path.of(pathToFile);
        if (Files.exists(file) && !overwrite) {
            throw new RuntimeException(
                    "File " + pathToFile + " exists and overwriting is not allowed");
        }
        Properties defaults = new Properties();
        defaults.putAll(defaultData);
        try (OutputStream out = Files.newOutputStream(file)) {
            defaults.store(out, "Default values of the program's parameters");
        }
    }

    /**
     * The parameters of both; where both have one, that of {@code other}. What was asked for in
     * either counts as asked for.
     */
    public ParameterTool mergeWith(ParameterTool other) {
        Map<String, String> all = new HashMap<>(data);
        all.putAll(other.data);
        ParameterTool merged = new ParameterTool(all);
        merged.unrequestedParameters.removeAll(requested(data.keySet(), this));
        merged.unrequestedParameters.removeAll(requested(other.data.keySet(), other));
        return merged;
    }

    static Set<String> requested(Set<String> given, AbstractParameterTool of) {
        Set<String> requested = new HashSet<>(given);
        requested.removeAll(of.unrequestedParameters);
        return requested;
    }

    /** A copy. */
    @Override
    public Map<String, String> toMap() {
        return new HashMap<>(data);
    }

    /** A copy with nothing asked for yet. */
    @Override
    protected Object clone() throws CloneNotSupportedException {
        return new ParameterTool(data);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParameterTool that
                && getClass() == that.getClass()
                && data.equals(that.data)
                && defaultData.equals(that.defaultData)
                && unrequestedParameters.equals(that.unrequestedParameters);
    }

    @Override
    public int hashCode() {
        return Objects.hash(data, defaultData, unrequestedParameters);
    }

    /** The names only: values may be secrets. */
    @Override
    public String toString() {
        return "ParameterTool" + data.keySet();
    }
}
