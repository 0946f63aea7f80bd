package io.millrace.api.type;

import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.stream.ExecutionConfig;

/** Whether a description of a program's own says how its values are written. Pure. */
final class OwnSerializer {
    private OwnSerializer() {}

    static boolean isBroughtBy(Class<?> description) {
        return overrides(description, SerializerConfig.class)
                || overrides(description, ExecutionConfig.class);
    }

    /** Whether a class outside this package declares the form with that parameter. */
    static boolean overrides(Class<?> description, Class<?> parameter) {
        try {
            Class<?> owner =
                    description.getMethod("createSerializer", parameter).getDeclaringClass();
            return !owner.getPackageName().equals(TypeInformation.class.getPackageName());
        } catch (NoSuchMethodException e) {
            throw new AssertionError("every description inherits createSerializer", e);
        }
    }
}
