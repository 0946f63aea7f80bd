package io.millrace.api.type;

import java.lang.reflect.Type;
import java.util.Map;

/**
 * Makes the description of a program's own type; named by {@link TypeInfo}. Needs a constructor
 * without arguments.
 *
 * @param <T> the type
 */
public abstract class TypeInfoFactory<T> {
    public TypeInfoFactory() {}

    /**
     * @param t the type with its arguments, as it is written where it was found
     * @param genericParameters what the arguments are, by the name of the type parameter; null for
     *     one that is unknown
     */
    public abstract TypeInformation<T> createTypeInfo(
            Type t, Map<String, TypeInformation<?>> genericParameters);
}
