package io.millrace.api.type.variant;

import io.millrace.api.type.TypeInfoFactory;
import io.millrace.api.type.TypeInformation;
import java.lang.reflect.Type;
import java.util.Map;

/** Finds the description of {@link Variant} and of the class behind it. Stateless. */
public final class VariantTypeInfoFactory extends TypeInfoFactory<Variant> {
    @Override
    public TypeInformation<Variant> createTypeInfo(
            Type t, Map<String, TypeInformation<?>> genericParameters) {
        return VariantTypeInfo.INSTANCE;
    }
}
