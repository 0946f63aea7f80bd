package io.millrace.api.option;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.IOReadableWritable;
import io.millrace.api.stream.ExecutionConfig;
import java.io.IOException;
import java.io.Serializable;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keys and text values as programs build and change them. The engine turns it into a {@link Config}
 * where the program ends. Not thread-safe.
 */
public class Configuration extends ExecutionConfig.GlobalJobParameters
        implements IOReadableWritable, ReadableConfig, WritableConfig, Serializable, Cloneable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> values;

    public Configuration() {
        this.values = new TreeMap<>();
    }

    public Configuration(Configuration other) {
        this.values = new TreeMap<>(other.values);
    }

    public static Configuration fromMap(Map<String, String> map) {
        Configuration configuration = new Configuration();
        configuration.values.putAll(map);
        return configuration;
    }

    public static Configuration of(Config config) {
        return fromMap(config.toMap());
    }

    public Config toConfig() {
        return Config.of(values);
    }

    @Override
    public <T> T get(ConfigOption<T> option) {
        return getOptional(option).orElse(option.defaultValue());
    }

    public <T> T get(ConfigOption<T> option, T overrideDefault) {
        return getOptional(option).orElse(overrideDefault);
    }

    @Override
    public <T> Optional<T> getOptional(ConfigOption<T> option) {
        return Optional.ofNullable(textOf(option)).map(option.option()::parse);
    }

    private String textOf(ConfigOption<?> option) {
        String text = values.get(option.key());
        for (String other : option.otherKeys()) {
            if (text != null) {
                return text;
            }
            text = values.get(other);
        }
        return text;
    }

    @Override
    public <T> Configuration set(ConfigOption<T> option, T value) {
        values.put(option.key(), option.option().print(value));
        return this;
    }

    /** The value of an option of the engine as set, else its default, else null. */
    public <T> T get(Option<T> option) {
        return get(ConfigOption.of(option));
    }

    /**
     * The constant of an enum, whatever the case of its text; null if the option is not set.
     *
     * @throws io.millrace.api.error.MillraceException {@code INVALID_OPTION} if there is no such
     *     constant
     */
    public <T extends Enum<T>> T getEnum(Class<T> enumClass, ConfigOption<String> configOption) {
        String text = getString(configOption);
        return text == null ? null : Option.choice(configOption.key(), enumClass).parse(text);
    }

    /**
     * @param defaultValue if the key is not set
     */
    public byte[] getBytes(String key, byte[] defaultValue) {
        String text = values.get(key);
        return text == null ? defaultValue : Base64.getDecoder().decode(text);
    }

    /** Kept as text in Base64. */
    public void setBytes(String key, byte[] bytes) {
        values.put(key, Base64.getEncoder().encodeToString(bytes));
    }

    /**
     * @param defaultValue if the key is not set
     * @throws ClassNotFoundException if the loader does not know the class that is set
     */
    @SuppressWarnings("unchecked") // the caller knows what was set
    public <T> Class<T> getClass(
            String key, Class<? extends T> defaultValue, ClassLoader classLoader)
            throws ClassNotFoundException {
        String name = values.get(key);
        return (Class<T>) (name == null ? defaultValue : Class.forName(name, true, classLoader));
    }

    /** Kept by name. */
    public void setClass(String key, Class<?> klazz) {
        values.put(key, klazz.getName());
    }

    /** Sets an option of the engine. */
    public <T> Configuration set(Option<T> option, T value) {
        values.put(option.key(), option.print(value));
        return this;
    }

    public String getString(String key, String defaultValue) {
        return values.getOrDefault(key, defaultValue);
    }

    public String getString(ConfigOption<String> option) {
        return get(option);
    }

    public String getString(ConfigOption<String> option, String overrideDefault) {
        return get(option, overrideDefault);
    }

    public void setString(String key, String value) {
        values.put(key, value);
    }

    public void setString(ConfigOption<String> option, String value) {
        set(option, value);
    }

    public int getInteger(String key, int defaultValue) {
        return read(Option.integer(key), defaultValue);
    }

    public int getInteger(ConfigOption<Integer> option) {
        return get(option);
    }

    public int getInteger(ConfigOption<Integer> option, int overrideDefault) {
        return get(option, overrideDefault);
    }

    public void setInteger(String key, int value) {
        values.put(key, Integer.toString(value));
    }

    public void setInteger(ConfigOption<Integer> option, int value) {
        set(option, value);
    }

    public long getLong(String key, long defaultValue) {
        return read(Option.longInteger(key), defaultValue);
    }

    public long getLong(ConfigOption<Long> option) {
        return get(option);
    }

    public long getLong(ConfigOption<Long> option, long overrideDefault) {
        return get(option, overrideDefault);
    }

    public void setLong(String key, long value) {
        values.put(key, Long.toString(value));
    }

    public void setLong(ConfigOption<Long> option, long value) {
        set(option, value);
    }

    public boolean getBoolean(String key, boolean defaultValue) {
        return read(Option.bool(key), defaultValue);
    }

    public boolean getBoolean(ConfigOption<Boolean> option) {
        return get(option);
    }

    public boolean getBoolean(ConfigOption<Boolean> option, boolean overrideDefault) {
        return get(option, overrideDefault);
    }

    public void setBoolean(String key, boolean value) {
        values.put(key, Boolean.toString(value));
    }

    public void setBoolean(ConfigOption<Boolean> option, boolean value) {
        set(option, value);
    }

    public float getFloat(String key, float defaultValue) {
        return read(Option.floating(key), defaultValue);
    }

    public float getFloat(ConfigOption<Float> option) {
        return get(option);
    }

    public float getFloat(ConfigOption<Float> option, float overrideDefault) {
        return get(option, overrideDefault);
    }

    public void setFloat(String key, float value) {
        values.put(key, Float.toString(value));
    }

    public void setFloat(ConfigOption<Float> option, float value) {
        set(option, value);
    }

    public double getDouble(String key, double defaultValue) {
        return read(Option.decimal(key), defaultValue);
    }

    public double getDouble(ConfigOption<Double> option) {
        return get(option);
    }

    public double getDouble(ConfigOption<Double> option, double overrideDefault) {
        return get(option, overrideDefault);
    }

    public void setDouble(String key, double value) {
        values.put(key, Double.toString(value));
    }

    public void setDouble(ConfigOption<Double> option, double value) {
        set(option, value);
    }

    private <T> T read(Option<T> option, T defaultValue) {
        String text = values.get(option.key());
        return text == null ? defaultValue : option.parse(text);
    }

    /** The value or default as text, or null. */
    public String getValue(ConfigOption<?> option) {
        String text = textOf(option);
        return text != null || !option.hasDefaultValue() ? text : printDefault(option);
    }

    private static <T> String printDefault(ConfigOption<T> option) {
        return option.option().print(option.defaultValue());
    }

    /** A copy. */
    public Set<String> keySet() {
        return Set.copyOf(values.keySet());
    }

    public void addAllToProperties(Properties properties) {
        properties.putAll(values);
    }

    public void addAll(Configuration other) {
        values.putAll(other.values);
    }

    public void addAll(Configuration other, String prefix) {
        other.values.forEach((key, value) -> values.put(prefix + key, value));
    }

    public boolean containsKey(String key) {
        return values.containsKey(key);
    }

    public boolean contains(ConfigOption<?> option) {
        return textOf(option) != null;
    }

    /** True if the option was set, under any of its keys. */
    public <T> boolean removeConfig(ConfigOption<T> option) {
        boolean removed = values.remove(option.key()) != null;
        for (String other : option.otherKeys()) {
            removed |= values.remove(other) != null;
        }
        return removed;
    }

    public boolean removeKey(String key) {
        return values.remove(key) != null;
    }

    /** A copy. */
    @Override
    public Map<String, String> toMap() {
        return new HashMap<>(values);
    }

    @Override
    public Configuration clone() {
        return new Configuration(this);
    }

    /** Keys and values as text, for {@link #read}. */
    @Override
    public void write(DataOutputView out) throws IOException {
        out.writeInt(values.size());
        for (Map.Entry<String, String> entry : values.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue());
        }
    }

    /** Takes over what {@link #write} wrote, and forgets what was set before. */
    @Override
    public void read(DataInputView in) throws IOException {
        int size = in.readInt();
        if (size < 0) {
            throw new IOException("A configuration cannot have " + size + " keys.");
        }
        TreeMap<String, String> read = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            read.put(in.readUTF(), in.readUTF());
        }
        values.clear();
        values.putAll(read);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Configuration that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The keys only: values may be secrets. */
    @Override
    public String toString() {
        return "Configuration" + values.keySet();
    }
}
