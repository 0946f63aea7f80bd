package io.millrace.api.metric;

import java.util.Properties;
import java.util.function.Function;

/** The options of one reporter, without their prefix. */
public class MetricConfig extends Properties {
    private static final long serialVersionUID = 1L;

    public String getString(String key, String defaultValue) {
        return getProperty(key, defaultValue);
    }

    public int getInteger(String key, int defaultValue) {
        return read(key, defaultValue, Integer::valueOf);
    }

    public long getLong(String key, long defaultValue) {
        return read(key, defaultValue, Long::valueOf);
    }

    public float getFloat(String key, float defaultValue) {
        return read(key, defaultValue, Float::valueOf);
    }

    public double getDouble(String key, double defaultValue) {
        return read(key, defaultValue, Double::valueOf);
    }

    public boolean getBoolean(String key, boolean defaultValue) {
        return read(key, defaultValue, Boolean::valueOf);
    }

    private <T> T read(String key, T defaultValue, Function<String, T> parser) {
        String text = getProperty(key);
        try {
            return text == null ? defaultValue : parser.apply(text.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the reporter's option '" + key + "' is '" + text + "', not a number.", e);
        }
    }
}
