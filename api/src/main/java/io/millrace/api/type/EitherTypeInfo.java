package io.millrace.api.type;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The description of an {@link Either}. Immutable. */
public class EitherTypeInfo<L, R> extends SimpleType<Either<L, R>> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<L> left;
    private final TypeInformation<R> right;

    @SuppressWarnings("unchecked")
    public EitherTypeInfo(TypeInformation<L> leftType, TypeInformation<R> rightType) {
        super((Class<Either<L, R>>) (Class<?>) Either.class);
        this.left = java.util.Objects.requireNonNull(leftType);
        this.right = java.util.Objects.requireNonNull(rightType);
    }

    public TypeInformation<L> getLeftType() {
        return left;
    }

    public TypeInformation<R> getRightType() {
        return right;
    }

    @Override
    public TypeKind kind() {
        return TypeKind.EITHER;
    }

    @Override
    public Map<String, TypeInformation<?>> getGenericParameters() {
        Map<String, TypeInformation<?>> parameters = new LinkedHashMap<>();
        parameters.put("L", left);
        parameters.put("R", right);
        return parameters;
    }

    @Override
    List<TypeInformation<?>> elements() {
        return List.of(left, right);
    }

    @Override
    public String toString() {
        return "Either <" + left + ", " + right + ">";
    }
}
